# The messages of kosh in Russian.
#
# An identifier is a hash of the English above it; docs/architecture.md says how a language is added.
# `KOSH_BLESS=1 cargo test --lib catalogue` adds what is missing and takes out what is no longer said.

## src/audit/html.rs

# listed under `as-printed`: {reason}
m-a79da2fd = указано в `as-printed`: { $reason }

## src/audit/rules.rs

# the rule `{name}`
m-d4ff41cd = правило `{ $name }`

# {number_of_cells} {sum} give {sum_2}
m-143843b2 = { $number_of_cells } { $sum } дают { $sum_2 }

# is not the sum it should be
m-78dd1291 = не равно сумме, которой должно быть

# {value} here; {made}
m-c2f7c460 = здесь { $value }; { $made }

# and the others give {sum} instead of {whole}
m-7e9d9152 = а остальные дают { $sum } вместо { $whole }

# is below {minimum}
m-bedc4036 = меньше { $minimum }

# is above {maximum}
m-8024ec94 = больше { $maximum }

# of {value}
m-e5cb7c41 = от { $value }

# is below {minimum} %
m-e80c9a85 = меньше { $minimum } %

# is above {maximum} %
m-d65b0b7b = больше { $maximum } %

# {value} % printed
m-4b20f333 = напечатано { $value } %

# is not the printed share
m-f5ac879e = не равно напечатанной доле

# {said} printed, {computed} computed
m-1cc5e194 = напечатано { $said }, вычислено { $computed }

# {value} a year before
m-faac12d1 = { $value } годом ранее

# is not the change between its levels
m-173f278e = не равно изменению между своими уровнями

# differs from the year before by a factor of more than {factor}
m-a3f25c26 = отличается от прошлого года более чем в { $factor } раза

# a rule needs a name that no built-in check uses
m-8afee4e7 = правилу нужно имя, которого нет ни у одной встроенной проверки

# there are two rules called `{name}`
m-9fff817e = есть два правила с именем `{ $name }`

# the first rule
m-58abe5c8 = первое правило

# there is no table `{table}`
m-11fd75a4 = нет таблицы `{ $table }`

# a bound needs a `minimum` or a `maximum`
m-5542e49e = границе нужно `minimum` или `maximum`

# a share needs a `minimum`, a `maximum` or the `printed` percentage
m-92d32c96 = доле нужно `minimum`, `maximum` или напечатанный процент (`printed`)

# `factor` of a jump must be greater than 1
m-c432ca42 = `factor` скачка должен быть больше 1

# `{key}` is not a number that can be added or compared
m-88536eed = `{ $key }` — не число, которое можно складывать и сравнивать

# `tolerance` must not be negative
m-493521ca = `tolerance` не может быть отрицательным

# `minimum` is greater than `maximum`
m-3995ca9c = `minimum` больше `maximum`

# the table `{name}` has no dimension `{dimension}`
m-310a8d60 = в таблице `{ $name }` нет измерения `{ $dimension }`

# `{dimension}` of `{name}` has no member `{member}`
m-97bf7a18 = в `{ $dimension }` таблицы `{ $name }` нет элемента `{ $member }`

# there is no table `{name}`
m-b345e7a1 = нет таблицы `{ $name }`

# the rule does not name a member of `{dimension}` in `{name}`
m-f47fb091 = правило не называет элемент `{ $dimension }` в `{ $name }`

## src/build/batch/mod.rs

# kosh crashed at {item}: {panic}
m-7397e43d = kosh аварийно завершился на { $item }: { $panic }

# the other releases are not affected, and the files of this one were not changed
m-f6bb5e83 = остальные выпуски это не затронуло, а файлы этого не изменены

# please report this message: it is a bug in kosh
m-f23a7bfe = сообщите, пожалуйста, об этом: это ошибка в kosh

# the item of a plan has no period
m-cfcd029a = у пункта плана нет периода

## src/build/edition/acts.rs

# `{code}` ends before it takes effect
m-27377d6b = `{ $code }` перестаёт действовать раньше, чем вступает в силу

# compare `valid_from` and `valid_to` with the act
m-7e425fd1 = сверьте `valid_from` и `valid_to` с актом

# `{code}` takes effect before it was adopted
m-0bc528b3 = `{ $code }` вступает в силу раньше, чем принят

# compare `adopted` and `valid_from` with the act
m-e1b4736c = сверьте `adopted` и `valid_from` с актом

# `{code}` does not take effect later than the act it replaces
m-9702e258 = `{ $code }` вступает в силу не позже акта, который он заменяет

# compare `valid_from` of both acts, and the acts named under `replaces`
m-3e5bc235 = сверьте `valid_from` обоих актов и акты, названные в `replaces`

# the `{name}` of `{code}` is `{own}`, but that of `{before}`, which it replaces, is `{other}`
m-9aa3a8ac = `{ $name }` акта `{ $code }` — `{ $own }`, а у `{ $before }`, который он заменяет, — `{ $other }`

# the act that replaces it
m-5cb484db = акт, который его заменяет

# a plan is compared with the result of what was planned, so a new plan must be compared with the same result
m-e9618d53 = план сравнивают с результатом того, что планировали, поэтому и новый план нужно сравнивать с тем же результатом

# correct the wrong one
m-ec3bc697 = исправьте неверный

# the plan of `{code}` is {plan}, but `{id}` is {value}
m-9c8ae759 = план акта `{ $code }` — { $plan }, а `{ $id }` — { $value }

# {value} for {year}
m-3c500b50 = { $value } за { $year }

# compare both with the act: one of the two numbers is mistyped, or the indicator is not the right one
m-176be2e8 = сверьте оба с актом: в одном из двух чисел опечатка, или указан не тот показатель

## src/build/edition/compose.rs

# there is no {name} `{id}`
m-2be9b01c = нет { $name } `{ $id }`

# {name} `{id}` does not belong to section `{id_2}`
m-4105917c = { $name } `{ $id }` не относится к разделу `{ $id_2 }`

# it belongs to {tags}
m-1a4d2640 = относится к { $tags }

# refer to it in one of its sections, or add `{id}` to its `sections`
m-a0ec63bb = сошлитесь на это в одном из его разделов или добавьте `{ $id }` в его `sections`

# the text refers to the note `{id}`, which does not exist
m-88c15bb5 = текст ссылается на примечание `{ $id }`, которого нет

# write it in the section of notes: {{% call note("{id}") %}} … {{% endcall %}}
m-e52b9627 = напишите его в разделе примечаний: {"{"}% call note("{ $id }") %{"}"} … {"{"}% endcall %{"}"}

# the note `{id}` is written twice
m-9f64deec = примечание `{ $id }` написано дважды

# delete one of them, or give them conditions that exclude each other
m-6a10df09 = удалите одно из них или дайте им условия, которые исключают друг друга

# nothing refers to the note `{id}`
m-cade0804 = на примечание `{ $id }` ничто не ссылается

# a reader who finds a note without a reference does not know what it is about
m-08ad645b = читатель, который видит примечание без ссылки, не знает, о чём оно

# refer to it in the text, as `{{{{ note("{id}") }}}}`, or delete the note
m-4dd2e495 = сошлитесь на него в тексте, `{"{"}{"{"} note("{ $id }") {"}"}{"}"}`, или удалите примечание

## src/build/edition/language.rs

# the language `{tag}` needs `strings.{tag}.toml`, `languages/{tag}.toml` and sections: `kosh handbook languages`
m-d3899b54 = языку `{ $tag }` нужны `strings.{ $tag }.toml`, `languages/{ $tag }.toml` и разделы: `kosh handbook languages`

# the language `{tag}` has no words for the checks of its sentences
m-59f5fb68 = у языка `{ $tag }` нет слов для проверки его предложений

# `[guards]` lists the words by which typed directions, superlatives, causes, scales and units are found; this language has none
m-30f98801 = `[guards]` перечисляет слова, по которым находят напечатанные направления, превосходные степени, причины, масштабы и единицы; у этого языка их нет

# add `[guards]` to the language file (see `kosh handbook languages`); the shipped language files show what to list
m-6e81c84a = добавьте `[guards]` в файл языка (см. `kosh handbook languages`); что перечислять, видно по поставляемым файлам языков

## src/build/edition/mentions.rs

# `{id}` cannot be the id of an indicator
m-abcbec59 = `{ $id }` не может быть идентификатором показателя

# templates use this name for the lexicon `{id}`
m-d82b0355 = в шаблонах это имя словаря `{ $id }`

# `{id}` is a keyword of the template language
m-9d4f158a = `{ $id }` — ключевое слово языка шаблонов

# give the indicator another id, for example `X1`
m-e2e8878c = дайте показателю другой идентификатор, например `X1`

# there is no register and no dimension `{name}` for this lexicon
m-46dd88e1 = для этого словаря нет ни реестра, ни измерения `{ $name }`

# did you mean `{near}`?
m-5b53f7fd = возможно, имелось в виду `{ $near }`?

# name the file after the register whose names it has
m-99898dd6 = назовите файл по реестру, названия которого в нём записаны

# this lexicon has a name for `{code}`, which is not in `{name}`
m-2b5f24ef = в этом словаре есть название для `{ $code }`, которого нет в `{ $name }`

# the name of a code that is not in the data is never printed
m-596c2846 = название кода, которого нет в данных, никогда не печатается

# correct the code, or add it to `{name}`
m-a9c134ee = исправьте код или добавьте его в `{ $name }`

# `{code}` of `{name_2}` names `{name}`, but there is no such {what}
m-9211602d = `{ $code }` из `{ $name_2 }` называет `{ $name }`, но такого нет: { $what }

## src/build/edition/meta.rs

# the publishing body is named by `body` of the profile or project
m-5ddd212e = кто издаёт обзор, называет `body` профиля или проекта

## src/build/edition/mod.rs

# there is no period with all required figures
m-a7140976 = нет периода, за который есть все обязательные показатели

# the required indicators are {requires}
m-2d92406d = обязательные показатели: { $requires }

# load a release into the data folder, or move `--as-of` to a later day
m-97d65708 = загрузите выпуск в папку данных или задайте `--as-of` на более поздний день

#  as of {date}
m-1229a32c = {" "}на { $date }

# {period} cannot be published{when}: required figures are missing
m-4952b850 = { $period } нельзя опубликовать{ $when }: нет обязательных показателей

# no period can be built{when}
m-f8397e66 = ни один период нельзя собрать{ $when }

# periods that can be built: {known}
m-7e236f26 = периоды, которые можно собрать: { $known }

# `{shown}` cannot be read: {error}
m-670e5fba = `{ $shown }` не читается: { $error }

# `{shown}` is not a font
m-3c7846ff = `{ $shown }` — не шрифт

# every file in a folder `fonts` whose name ends like that of a font is loaded
m-36e4c581 = читается каждый файл папки `fonts`, имя которого оканчивается как у шрифта

# replace it with a TrueType or OpenType font, or delete it
m-956155e6 = замените его шрифтом TrueType или OpenType либо удалите

## src/build/edition/names.rs

# `{key}` names `{id}`, which is {what}
m-acdba606 = `{ $key }` называет `{ $id }`, а это { $what }

# `{key}` names `{lang}`, which is not a language of the project
m-d05f743e = `{ $key }` называет `{ $lang }`, а это не язык проекта

# `cards` names `{id}` twice
m-57a6969f = `cards` называет `{ $id }` дважды

# readers would take a card that appears twice for two different cards
m-7d888878 = карточку, которая напечатана дважды, читатели примут за две разные

# replace or delete one of the two
m-c86005f1 = замените или удалите одну из двух

# `regions` names `{register}`, which is not a register
m-8cad166d = `regions` называет `{ $register }`, а это не реестр

## src/build/edition/phrases.rs

# the phrase `{key}` is never printed
m-d3c32180 = фраза `{ $key }` никогда не печатается

# correct the key, or delete the phrase
m-740d9121 = исправьте ключ или удалите фразу

# `{key}` has the placeholder `{{{lost}}}` in {tag} but not in {tag_2}
m-41090469 = во фразе `{ $key }` заполнитель `{"{"}{ $lost }{"}"}` есть на { $tag }, но его нет на { $tag_2 }

# the other language
m-518e9290 = другой язык

# the editions in all languages must print the same numbers
m-53b03635 = издания на всех языках должны печатать одни и те же числа

# use the same placeholders in both languages
m-bbf7b6aa = используйте одни и те же заполнители на обоих языках

# the phrase `{key}` exists in `{lang}` but not in `{tag}`
m-309e2820 = фраза `{ $key }` есть на `{ $lang }`, но её нет на `{ $tag }`

# the editions in all languages must say the same
m-deecd4db = издания на всех языках должны говорить одно и то же

# add `{name} = "…"` under `[{table}]` of `strings.{tag}.toml`
m-5a9bf7a7 = добавьте `{ $name } = "…"` в `[{ $table }]` файла `strings.{ $tag }.toml`

# the layers below have no such key; it may have been renamed or removed
m-b3111340 = в слоях ниже такого ключа нет; возможно, он переименован или удалён

## src/build/edition/printable.rs

# it is not a number: a division by zero, or an overflow
m-75597dd8 = это не число: деление на ноль или переполнение

# it is 9,007,199,254,740,992 or more, where the last digits of a sum or product are lost
m-9d97e36a = это 9 007 199 254 740 992 или больше, а там последние цифры суммы или произведения теряются

# its precision is unknown: a step must be 1, 2, 5 or 25 times a power of ten
m-10894a10 = его точность неизвестна: шаг должен быть 1, 2, 5 или 25, умноженным на степень десяти

# `{id}` cannot be printed
m-b69e4252 = `{ $id }` нельзя напечатать

# it is {formula}
m-4c39e8b4 = это { $formula }

# it is based on {row}
m-3233c2ca = основано на { $row }

# look for a wrong value or a wrong `rounded_to` in these rows, or compute the indicator in a larger unit
m-a026c4d8 = найдите в этих строках неверное значение или неверное `rounded_to` либо вычисляйте показатель в более крупной единице

## src/build/edition/region.rs

# no text of the profile `{profile}` is about one region
m-7597abbc = ни один текст профиля `{ $profile }` не говорит об одном регионе

# the result would be the brief of the whole country, in a folder named after a region
m-64e985d1 = получился бы обзор всей страны в папке с названием региона

# leave out the region `{code}`, or choose a profile for regions
m-ce179a48 = уберите регион `{ $code }` или выберите профиль для регионов

# there is no region `{code}`
m-a04d245b = нет региона `{ $code }`

# name a region by its code in `data/{register}.csv`
m-aa795bae = назовите регион его кодом из `data/{ $register }.csv`

# did you mean `{code}`?
m-2ec45c98 = возможно, имелось в виду `{ $code }`?

# `{name}` has the code `{code}`
m-d6cd4ea7 = у `{ $name }` код `{ $code }`

## src/build/edition/since.rs

# `{text}` is not a day, a period, a build or a data folder
m-90bedde9 = `{ $text }` — не день, не период, не сборка и не папка данных

# the folder has neither the `facts.json` of a build nor a `datapackage.json`
m-8ff72449 = в папке нет ни `facts.json` сборки, ни `datapackage.json`

# there is a build in `{build}`
m-44d64ed1 = сборка есть в `{ $build }`

# did you mean the folder `{name}`?
m-e736e3b3 = возможно, имелась в виду папка `{ $name }`?

# write a day as `2026-02-09` or a period as `2025-H1`; a build is a folder below `output`
m-590e0d99 = напишите день как `2026-02-09` или период как `2025-H1`; сборка — это папка внутри `output`

# these are not the facts of a build: {error}
m-3f63788b = это не факты сборки: { $error }

# build the issue again with this version of kosh, and compare with the new folder
m-adde4622 = соберите этот выпуск заново этой версией kosh и сравните с новой папкой

# the sentences of {period} cannot be written, so they are not compared
m-dd07d2f5 = предложения за { $period } нельзя составить, поэтому они не сравниваются

# facts and ranks are compared nevertheless
m-f597bc0b = факты и места всё равно сравниваются

# the previous issue is named by `compare-with` or `--since`
m-1541a4eb = прошлый выпуск называет `compare-with` или `--since`

# `{text}` is the release that is being built
m-73b564a0 = `{ $text }` — это выпуск, который сейчас собирается

# {asked}; this one would be compared with its own last build
m-66d87337 = { $asked }; этот сравнивался бы с собственной прошлой сборкой

# name the day of the previous issue, as `2026-02-09`, or the folder of a version below `releases`
m-ab823117 = назовите день прошлого выпуска, `2026-02-09`, или папку версии внутри `releases`

# this issue is older than the issue of {day} with which it is compared
m-6ddfa4df = этот выпуск старше выпуска от { $day }, с которым его сравнивают

# name the issue before it, or name none: then the list of changes is left out
m-5ea44a93 = назовите выпуск перед ним или не называйте никакого: тогда списка изменений не будет

# `{text}` is not a day or a build
m-312cf7dc = `{ $text }` — не день и не сборка

# name the day of the previous issue, for example `2026-02-09`, or its folder
m-e4e3ed4c = назовите день прошлого выпуска, например `2026-02-09`, или его папку

## src/build/edition/stamp.rs

#  and {more} more
m-88bd6c0c = {" "}и ещё { $more }

# `{id}` of {released} is loaded, but the brief states the data as of {as_of}
m-63c22e71 = `{ $id }` от { $released } загружен, но обзор приводит данные на { $as_of }

# {resting}{more} would differ
m-9c9ea25f = { $resting }{ $more } были бы другими

# `kosh diff {as_of} {released}` shows what would change; then set `as-of` in `brief.toml` to a later day
m-cf2f0038 = `kosh diff { $as_of } { $released }` покажет, что изменилось бы; затем поставьте `as-of` в `brief.toml` на более поздний день

## src/build/edition/subject.rs

# these texts are about `{written}`, but the regions belong to another country
m-3dced4c2 = эти тексты — о `{ $written }`, а регионы — другой страны

# these texts are about `{written}`, but the data are `{package}`
m-3200904e = эти тексты — о `{ $written }`, а данные — `{ $package }`

# phrases: {phrases}
m-7bbb658d = фразы: { $phrases }

# shipped sections: {ids}
m-52d95706 = поставляемые разделы: { $ids }

# write them in `{name}` of your profile, and your own sections in `templates/sections`; set a phrase that is not to be printed to an empty text
m-732be4a5 = напишите их в `{ $name }` своего профиля, а свои разделы — в `templates/sections`; фразу, которую печатать не нужно, сделайте пустой

# if the data are about the same country and subject, keep `"name": "{written}"` in `datapackage.json`
m-ea63d7dc = если данные о той же стране и на ту же тему, оставьте `"name": "{ $written }"` в `datapackage.json`

# the first page names the publishing body `{profile}` in `{tag}`, which is the id of the profile
m-d45a8017 = на первой странице на языке `{ $tag }` издатель обзора назван `{ $profile }`, а это идентификатор профиля

# the first page names no publishing body in `{tag}`
m-c2a18c74 = на первой странице не названо, кто издаёт обзор, на языке `{ $tag }`

# readers must know who publishes the brief
m-8c6b1cdb = читатели должны знать, кто издаёт обзор

# write its name as `short = "…"` under `[body]` of `templates/profiles/{profile}/{name}`, or set `body` in `profile.toml` to a code of `data/lexicon/bodies.{tag}.csv`
m-c6f07a46 = запишите его название как `short = "…"` в `[body]` файла `templates/profiles/{ $profile }/{ $name }` или задайте `body` в `profile.toml` — код из `data/lexicon/bodies.{ $tag }.csv`

## src/build/matrix/mod.rs

# all regions are requested, but the project does not say which regions it has
m-0f107fa4 = запрошены все регионы, но в проекте не сказано, какие у него регионы

# add `regions = {{ register = "regions" }}`, and `kinds = [...]` to take only some of its rows
m-1b76dab6 = добавьте `regions = {"{"} register = "regions" {"}"}`, а чтобы взять не все его строки — ещё и `kinds = [...]`

# {period} cannot be published
m-bbd57ca8 = { $period } нельзя опубликовать

## src/build/warnings.rs

# no warning {code} about `{subject}` was given
m-170493ba = предупреждения { $code } о `{ $subject }` не было

# allowed here
m-00a99c3f = разрешено здесь

# the warning was settled, or concerns another period or profile; the entry has no effect
m-d3c96efc = предупреждение снято или относится к другому периоду или профилю; запись ничего не делает

# remove this `[[allow]]`, or it may hide a later mistake
m-d5ef6f88 = удалите этот `[[allow]]`: он может скрыть будущую ошибку

## src/build/watch/mod.rs

# changes cannot be watched: {error}
m-fa1db272 = за изменениями нельзя следить: { $error }

# the files are compared with their last state every second instead
m-d0920656 = вместо этого файлы каждую секунду сравниваются с прежним состоянием

# nothing needs to be done; in a folder on a local disk changes are noticed at once
m-920ee11b = ничего делать не нужно; в папке на локальном диске изменения замечаются сразу

## src/checks/claims.rs

# “{word}” does not fit the members of `{id}` that the text names
m-64c0b6de = «{ $word }» не подходит к элементам `{ $id }`, которые названы в тексте

# these have the same value: `{of}`
m-b6b4b0e3 = значение одинаково у `{ $of }`

# in this period it is `{of}`
m-21a38f29 = в этом периоде это `{ $of }`

# rank the members by an indicator, `largest = {{ of = "{id}", top = 1 }}`, and print its member
m-cf82c009 = упорядочите элементы показателем, `largest = {"{"} of = "{ $id }", top = 1 {"}"}`, и печатайте его элемент

# “{word}” is typed next to `{id}`, which ranks only the members that are known
m-fbc2b57f = «{ $word }» напечатано рядом с `{ $id }`, а там сравниваются только известные элементы

# the release does not name every member, and one that it does not name may be larger
m-4cfe64ee = выпуск называет не все элементы, и неназванный может быть больше

# write that they are the first of those named, or set `whole` of `{id}` to the total of all members
m-b865e368 = напишите, что это первые из названных, или задайте `whole` показателя `{ $id }` — сумму всех элементов

# “{word}” is typed with the years {range}, but without a value
m-b5d9b873 = «{ $word }» напечатано с годами { $range }, но без значения

# without the value of the year it cannot be compared with the other years
m-78dd6603 = без значения за год его нельзя сравнить с другими годами

# print the largest year of the series: define `largest = {{ of = "ID", top = 1 }}`, and print its member
m-047f4ff7 = печатайте наибольший год ряда: определите `largest = {"{"} of = "ID", top = 1 {"}"}` и печатайте его элемент

# “{word}” is typed next to `{id}`, which has the members at the other end
m-992a5d77 = «{ $word }» напечатано рядом с `{ $id }`, а в нём элементы с другого конца

# print the members that the words describe
m-bc38b8f4 = печатайте те элементы, о которых говорят слова

# `{id}` is printed under the name of `{other}`, but belongs to `{code}`
m-a6fdc084 = `{ $id }` напечатан под названием `{ $other }`, но относится к `{ $code }`

# readers take a value for that of the member whose name is beside it
m-97f9740a = читатели принимают значение за значение того, чьё название стоит рядом

# name its member in the same text, or print the value of the member that is named
m-aa596a8d = назовите его элемент в том же тексте или печатайте значение названного элемента

# `{id}` goes from `{origin}` to `{destination}`, but the text has `{code}` as its {role}
m-c3152e03 = `{ $id }` идёт из `{ $origin }` в `{ $destination }`, а в тексте `{ $code }` — { $role }

# a flow and the flow in the other direction are two different numbers
m-edc90236 = поток и встречный поток — два разных числа

# name the origin of the flow first; in a loop, use `flow.origin` and `flow.destination`
m-daf71d10 = сначала назовите, откуда поток; в цикле используйте `flow.origin` и `flow.destination`

# the ratio “{word}” is typed
m-194e5252 = отношение «{ $word }» напечатано вручную

# a typed ratio does not change with the data, and its source is unknown
m-e21166dc = напечатанное вручную отношение не меняется вместе с данными, и его источник неизвестен

# print the ratio of a change with `fold`: `{{{{ X1.change | fold }}}}`; or define an indicator with `rate = {{ of = …, over = …, per = 1 }}`
m-d85667af = печатайте кратность изменения через `fold`: `{"{"}{"{"} X1.change | fold {"}"}{"}"}`; или определите показатель `rate = {"{"} of = …, over = …, per = 1 {"}"}`

# the number {number} is typed
m-16eddebc = число { $number } напечатано вручную

# a typed number does not change with the data, and its source is unknown
m-1c634dda = напечатанное вручную число не меняется вместе с данными, и его источник неизвестен

# print a fact: define an indicator in `indicators.toml`, and print it by a filter
m-25acbffc = печатайте факт: определите показатель в `indicators.toml` и печатайте его через фильтр

## src/checks/judgement.rs

# `{subject}` is judged in two ways: first `{first_word}`, then `{word}`
m-022b15ed = `{ $subject }` оценено двояко: сначала `{ $first_word }`, затем `{ $word }`

# favourable
m-0891528c = в пользу

# against
m-36eae700 = против

# within one issue the same movement is either a gain or a loss
m-652e213b = внутри одного выпуска одно и то же движение — либо прирост, либо убыль

# use one judgement; mention the other side as a condition in the same sentence
m-72861953 = оставьте одну оценку; другую сторону упомяните условием в том же предложении

## src/checks/names.rs

# the name `{name}` is typed
m-06b01f4e = название `{ $name }` напечатано вручную

# names of places are printed from the lexicon, so that each has one spelling in each language
m-693a5a1f = названия мест печатаются из словаря, чтобы у каждого было одно написание на каждом языке

# write `{{{{ {lexicon}["{code}"] | {form} }}}}`
m-8626905d = напишите `{"{"}{"{"} { $lexicon }["{ $code }"] | { $form } {"}"}{"}"}`

# `{name}` looks like the name of a person
m-0a700e22 = `{ $name }` похоже на имя человека

# office holders change between issues, so a brief names offices; it names authors only from a register
m-7e05b09a = должностные лица между выпусками меняются, поэтому обзор называет должности; авторов он называет только из реестра

# name the office, or print the author from a register of literature
m-fc265555 = назовите должность или печатайте автора из реестра литературы

# a reader who does not know the abbreviation cannot look it up
m-98ce507d = читатель, который не знает сокращения, не сможет его найти

# write the full name here, with the abbreviation in brackets
m-0bda1af0 = напишите здесь полное название, а сокращение — в скобках

# write the full name, or add the abbreviation with its meaning to `[guards.abbreviations]` of the language file
m-bf45ac59 = напишите полное название или добавьте сокращение с его значением в `[guards.abbreviations]` файла языка

# is an abbreviation that is never explained
m-7c0b502b = — сокращение, которое нигде не раскрыто

# is used before it is explained
m-1ba8472c = стоит раньше, чем раскрыто

## src/checks/parity.rs

# a heading of level {level}
m-6328383d = заголовок уровня { $level }

# sentence `{id}`
m-cf30d51d = предложение `{ $id }`

# a card
m-ea42247a = карточка

# figure `{id}`
m-e4e22b8e = рисунок `{ $id }`

# table `{id}`
m-0f24e714 = таблица `{ $id }`

# a box
m-71708b8d = врезка

# note `{id}`
m-487ec91a = примечание `{ $id }`

# a citation of `{key}`
m-35af9b9f = ссылка на источник `{ $key }`

# a reference to note `{id}`
m-adeaef07 = ссылка на примечание `{ $id }`

# a reference to `{id}`
m-376f404f = ссылка на `{ $id }`

# the list of sources
m-e8f5342b = список источников

# where the {left} edition has {a}, the {right} edition has {b}
m-50700a48 = где в издании { $left } — { $a }, в издании { $right } — { $b }

# all languages must have the same sections in the same order
m-acf65f6d = на всех языках должны быть одни и те же разделы в одном порядке

# write the missing section file, or leave the section out in every language
m-fdd67226 = напишите недостающий файл раздела или уберите раздел на всех языках

# nothing more
m-5054ca9f = больше ничего

# section `{id}` differs: where the {left} edition has {left_2}, the {right} edition has {right_2}
m-ef182e15 = раздел `{ $id }` различается: где в издании { $left } — { $left_2 }, в издании { $right } — { $right_2 }

# the editions must have the same sentences, figures, tables, notes and citations in the same order
m-4217b6e3 = в изданиях должны быть одни и те же предложения, рисунки, таблицы, примечания и ссылки в одном порядке

# compare the section files of the two languages
m-b6607a82 = сравните файлы раздела на двух языках

# nothing that the other edition lacks
m-a421697a = ничего, чего не было бы в другом издании

# section `{id}`, {what}: the editions print different facts
m-3e411ffe = раздел `{ $id }`, { $what }: издания печатают разные факты

# only the {left} edition has {b_item}
m-749d8deb = { $b_item } есть только в издании { $left }

# only the {right} edition has {a_item}
m-2958119b = { $a_item } есть только в издании { $right }

# print the same facts in both editions
m-519521f1 = печатайте одни и те же факты в обоих изданиях

## src/checks/phrases.rs

# {what} is typed in `{key}`
m-f0c15d45 = { $what } — напечатано вручную в `{ $key }`

# typed words do not change with the data, and their source is unknown
m-262765f5 = напечатанные вручную слова не меняются вместе с данными, и их источник неизвестен

# print a fact by a filter, and a period by its value, as `{{{{ period | nom }}}}`
m-1120aaf5 = печатайте факт через фильтр, а период — его значением, `{"{"}{"{"} period | nom {"}"}{"}"}`

# `{key}` says “{word}”
m-28c09411 = `{ $key }` говорит «{ $word }»

# it is printed beside figures of the other status
m-168e496b = это печатается рядом с данными другого статуса

# use words that agree with the name of the key
m-43853881 = используйте слова, которые подходят к имени ключа

# the number {number}
m-d21cb200 = число { $number }

# the year {year}
m-1fce2190 = год { $year }

# the month “{month}”
m-8a983ac9 = месяц «{ $month }»

# the season “{at}”
m-2d3f7831 = сезон «{ $at }»

## src/checks/plans.rs

# the plan `{id}` is described as an addition to something
m-ff0b36ed = план `{ $id }` описан как добавка к чему-то

# a quota is the total that is planned; it is not added to what was done
m-8b49f7ab = квота — это весь план; её не прибавляют к сделанному

# write what the plan is, and how much of it was done
m-c0fbab41 = напишите, каков план и какая его часть выполнена

# the plan `{id}` is printed as if it were a result
m-3ead79d9 = план `{ $id }` напечатан так, будто это результат

# printed as `{text}`
m-1429b876 = напечатано: `{ $text }`

# setting a quota does not move anybody
m-154c7677 = установление квоты никого не перемещает

# call it a plan or quota in the same sentence, or print the result instead
m-57fba93c = назовите это планом или квотой в том же предложении или печатайте вместо этого результат

# `{id}` counts {population}, {others} is in the same sentence, and the sentence does not name both
m-cd90673a = `{ $id }` считает { $population }, в том же предложении есть { $others }, и предложение не называет обе совокупности

# permanent migrants, holders of a work permit and border crossings are different populations: readers must see that they are not comparable
m-71db53ce = мигранты на постоянное жительство, владельцы разрешений на работу и пересечения границы — разные совокупности: читатель должен видеть, что их нельзя сравнивать

# name it: {words}; or write two sentences
m-54641b5f = назовите её: { $words }; или напишите два предложения

# write two sentences, or add the words for `{population}` to `[guards.populations]` of the language file
m-dbca2b39 = напишите два предложения или добавьте слова для `{ $population }` в `[guards.populations]` файла языка

## src/checks/signs.rs

# the balance `{id}` is printed without its sign
m-fcc7afb0 = сальдо `{ $id }` напечатано без знака

# without a sign a loss looks like a gain
m-23617cfe = без знака убыль выглядит как прирост

# print it with `| signed`, or add `{{{{ {id} | word("…", "…", "…") }}}}` to the same sentence
m-61623e5e = печатайте через `| signed` или добавьте `{"{"}{"{"} { $id } | word("…", "…", "…") {"}"}{"}"}` в то же предложение

# a gain
m-c1823967 = прирост

# a loss
m-7fbab073 = убыль

# `{id}` is {what}, but “{word}” is typed next to it
m-b5a7cce7 = `{ $id }` — { $what }, но рядом напечатано «{ $word }»

# print the number that the words describe, or change the words to match the number
m-56e6ac41 = печатайте то число, о котором говорят слова, или измените слова под число

# `{id}` is a difference from a year earlier, but the text does not say so
m-6686f9e2 = `{ $id }` — разница с прошлым годом, но текст этого не говорит

# readers would take the difference for the value itself
m-82649413 = читатели примут разницу за само значение

# add a word for its direction, `{{{{ {id} | word("rose", "fell", "did not change") }}}}` in your language; or print the value
m-3d6ada3a = добавьте слово о направлении, `{"{"}{"{"} { $id } | word("выросло", "снизилось", "не изменилось") {"}"}{"}"}` на вашем языке, или печатайте само значение

# `{id}` is a balance, but `{text}` says that it rose or fell
m-a8ccd056 = `{ $id }` — сальдо, но `{ $text }` говорит, что оно выросло или снизилось

# a positive balance may still be smaller than a year ago
m-abbfad39 = положительное сальдо может быть и меньше прошлогоднего

# choose the word by `{id}.difference`; describe the balance itself as a gain or a loss
m-d34c6dc5 = выбирайте слово по `{ $id }.difference`; само сальдо называйте приростом или убылью

# `{id}` is {value}, but the words are `{text}`
m-d8479c83 = `{ $id }` — { $value }, а слова: `{ $text }`

# the arguments of `word` are the word for a rise, the word for a fall, and the word for no change
m-425edbbb = аргументы `word` — слово для роста, слово для снижения и слово для случая без изменений

# put the words in that order
m-ca4cc470 = расположите слова в этом порядке

# a direction is typed next to `{id}`
m-18541dee = направление напечатано вручную рядом с `{ $id }`

# typed
m-eae0a38b = напечатано вручную

# `{id}` is {value} in this period; in the next it may change its sign, but the word would stay
m-94bfed14 = в этом периоде `{ $id }` — { $value }; в следующем знак может смениться, а слово останется

# `{id}` is {value}: the word says the opposite
m-bf6eac4a = `{ $id }` — { $value }: слово говорит обратное

# let the data choose the word: `{{{{ {id} | word("rose", "fell", "was little changed") }}}}`, in your language
m-bb9dafd2 = пусть слово выбирают данные: `{"{"}{"{"} { $id } | word("выросло", "снизилось", "почти не изменилось") {"}"}{"}"}`, на вашем языке

# a direction is typed next to the level `{id}`
m-08b114f9 = направление напечатано вручную рядом с уровнем `{ $id }`

# it differs by {value} from a year earlier; in the next period the sign may change, but the word would stay
m-f9c93b95 = отличие от прошлого года — { $value }; в следующем периоде знак может смениться, а слово останется

# it differs by {value} from a year earlier: the word says the opposite
m-d5a7a664 = отличие от прошлого года — { $value }: слово говорит обратное

# it has no earlier value to be compared with
m-c3a89f93 = у него нет прежнего значения, с которым его можно сравнить

# let the data choose the word: `{{{{ {id}.difference | word("rose", "fell", "was little changed") }}}}`, in your language
m-ba3ece0d = пусть слово выбирают данные: `{"{"}{"{"} { $id }.difference | word("выросло", "снизилось", "почти не изменилось") {"}"}{"}"}`, на вашем языке

# too small to be distinguished from zero
m-ed1eafe6 = слишком мало, чтобы отличить от нуля

# twice as much or more, for which a percentage is hard to read
m-f6f8a4d5 = вдвое или больше, а в процентах это трудно читать

# `{id}` is printed as {text}: {what}
m-506a3077 = `{ $id }` напечатано как { $text }: { $what }

# a change of less than half a percent is written «little changed»; one of 100 % or more is written «2.5-fold»
m-f1962a59 = об изменении меньше чем на полпроцента пишут «почти не изменилось», о росте на 100 % и больше — «в 2,5 раза»

# use the condition `{{% if {id} is {test} %}}`, as the macro `by` of the shipped sections does
m-70c06446 = используйте условие `{"{"}% if { $id } is { $test } %{"}"}`, как макрос `by` поставляемых разделов

## src/checks/sources.rs

# the sentence `{id}`
m-7d37a716 = предложение `{ $id }`

# a sentence
m-4fd73241 = предложение

# {what} does not cite a source
m-5ed390ec = { $what } не ссылается на источник

# every sentence of section `{section}` must cite a source (`cited-sections` of brief.toml)
m-c2f923b0 = каждое предложение раздела `{ $section }` должно ссылаться на источник (`cited-sections` в brief.toml)

# add `{{{{ cite(FACT) }}}}` or `{{{{ cite("key") }}}}` to the sentence
m-ddc68909 = добавьте в предложение `{"{"}{"{"} cite(FACT) {"}"}{"}"}` или `{"{"}{"{"} cite("key") {"}"}{"}"}`

# `{id}` does not come from `{keys}`, which the sentence cites
m-311c46ab = `{ $id }` взят не из `{ $keys }`, на который ссылается предложение

# its rows come from `{sources}`
m-78826bc2 = его строки взяты из `{ $sources }`

# cite the source of the number: `{{{{ cite({id}) }}}}`
m-57de7abe = сошлитесь на источник числа: `{"{"}{"{"} cite({ $id }) {"}"}{"}"}`

# `{first}` and `{second}` are the same source with two numbers in the list
m-826aba1c = `{ $first }` и `{ $second }` — один источник с двумя номерами в списке

# cites `{second}`
m-549939bd = ссылается на `{ $second }`

# both have the same {what}
m-59570907 = у обоих одинаково: { $what }

# cites `{first}`
m-ca3cb627 = ссылается на `{ $first }`

# delete one of the two from the sources of the data or from references.yaml, and change the rows that name it
m-aaf222af = удалите один из двух в источниках данных или в references.yaml и исправьте строки, где он назван

# section `{section}` prints numbers but no period
m-2e8584c2 = раздел `{ $section }` печатает числа, но не период

# the first number of the section
m-406772c4 = первое число раздела

# a section may be quoted alone, so it must say to which period its numbers belong
m-169b07d7 = раздел могут цитировать отдельно, поэтому он должен сказать, к какому периоду относятся его числа

# print `{{{{ period | in }}}}`, or another form of your language, in one of its sentences
m-690355ea = печатайте `{"{"}{"{"} period | in {"}"}{"}"}` или другую форму вашего языка в одном из его предложений

## src/checks/wording.rs

# `{at}` names a cause without citing who found it
m-66faeaa9 = `{ $at }` называет причину без ссылки на того, кто её установил

# the data show what changed, but not why
m-0cbfda7f = данные показывают, что изменилось, но не почему

# add the source of the cause to the same sentence, `{{{{ cite("key") }}}}`; or write only what changed
m-3da98d12 = добавьте источник причины в то же предложение, `{"{"}{"{"} cite("key") {"}"}{"}"}`, или пишите только, что изменилось

# `{at}` needs the length of the series
m-b73452ad = для `{ $at }` нужна длина ряда

# a value is a record only among the comparable years in the data
m-c63527c4 = рекорд бывает только среди сопоставимых лет, которые есть в данных

# use the condition `{{% if SERIES is highest %}}` or `is lowest`, and print the first year: `{{{{ SERIES | since }}}}`
m-6d45dce6 = используйте условие `{"{"}% if SERIES is highest %{"}"}` или `is lowest` и печатайте первый год: `{"{"}{"{"} SERIES | since {"}"}{"}"}`

# describes the publishing body itself
m-63d42904 = говорит о самом ведомстве, которое издаёт обзор

# name the body, or write the sentence without it
m-576bad70 = назовите ведомство или напишите предложение без него

# says nothing about the figures
m-5337d40f = ничего не говорит о данных

# delete it
m-e09bfab3 = удалите его

# a statistical brief has no thanks, slogans, praise or first person
m-357e7242 = в статистическом обзоре нет благодарностей, лозунгов, похвал и первого лица

## src/cli/build.rs

# unchanged {period}: none of its {number_of_read} inputs has changed, and {folder} is as kosh wrote it ({start} s)
m-1158517d = { $period } не изменён: ни один из его входных файлов ({ $number_of_read }) не изменился, и { $folder } такова, какой её записал kosh ({ $start } с)

# warnings of the earlier build: {warnings}, {skipped} left out; `kosh check` and `kosh missing` show them
m-7dcfadc9 = из прошлой сборки: { $warnings }, опущено: { $skipped }; их покажут `kosh check` и `kosh missing`

# {name}  (reused from an earlier build)
m-cb1af092 = { $name }  (взят из прошлой сборки)

# because {reason}
m-adeb7215 = потому что { $reason }

# built
m-b39bd973 = собран

# checked
m-21114ec6 = проверен

# {verb} {period} in {took} s
m-773826b4 = { $verb } { $period } за { $took } с

# {stage}  {took} ms
m-08d0d80e = { $stage }  { $took } мс

# kosh: another run is writing this release; waiting for it
m-bead48f3 = kosh: этот выпуск пишет другой запуск; ждём его

# nothing that this brief prints is based on it, so it does not prevent a release
m-e039cec5 = ничто из напечатанного на этом не основано, поэтому выпустить обзор это не мешает

## src/cli/change.rs

#       formula  {before} -> {after}
m-f4d6cb1b = {"      "}формула  { $before } -> { $after }

## src/cli/changes.rs

# more {noun}
m-190db598 = ещё { $noun }

# {indent}and {rest} (`--json` has all)
m-297d9610 = { $indent }и { $rest } (всё — с `--json`)

# nothing changed
m-d805188a = ничего не изменилось

# {revised} revised
m-a4027855 = пересмотрено: { $revised }

# {changes} new
m-76f40e14 = новых: { $changes }

# {changes} removed
m-d50c5f7e = убрано: { $changes }

# of another period
m-32a07008 = другого периода

# confirmed with the same value
m-2f4b960c = подтверждено с тем же значением

# defined differently, with the same value
m-13478532 = определено иначе, с тем же значением

# changed by less than the printed precision
m-17ad0c5d = изменилось меньше, чем на напечатанную точность

# the sentences are not compared
m-ab05859e = предложения не сравниваются

# 1 sentence changes direction
m-1c59c2b5 = в 1 предложении сменилось направление

# {n} sentences change direction
m-49eb3cea = в { $n } { $n ->
        [one] предложении
        [few] предложениях
       *[other] предложениях
    } сменилось направление

# 
# ranks
m-cfc2c164 = {"\u000A"}места

# 
# sentences that change direction ({language})
m-97243b10 = {"\u000A"}предложения, в которых сменилось направление ({ $language })

# 
# sentences added, removed or changed in {ids} ({language})
m-6633845e = {"\u000A"}предложения, добавленные, удалённые или изменённые в { $ids } ({ $language })

# a key section
m-80dfd698 = ключевом разделе

## src/cli/check_data.rs

# this is not the name of a file
m-53169ec8 = это не имя файла

# {counted}, {counted_2}, {counted_3} in {audit} of {tables}; `kosh explain CODE` says more
m-63182c99 = { $counted }, { $counted_2 }, { $counted_3 }; проверено: { $audit }, { $tables }; подробнее — `kosh explain CODE`

#   and {shown} more; `--all` lists them
m-c5644cb7 = {"  "}и ещё { $shown }; `--all` перечислит их

# some rows could not be read, so the figures were not compared with one another
m-fc043833 = некоторые строки не удалось прочесть, поэтому данные между собой не сравнивались

#       why: {note}
m-e99848eb = {"      "}почему: { $note }

#       listed under `as-printed`: {reason}
m-359b8855 = {"      "}указано в `as-printed`: { $reason }

# coverage of {table}, {number_of_times} times from {first} to {last}:
m-f0399977 = охват { $table }, моментов: { $number_of_times }, с { $first } по { $last }:

## src/cli/diff.rs

# {others} about the data: `kosh check` shows them
m-43fb6005 = { $others } о данных: `kosh check` покажет их

# {period} has not been built yet
m-b88a47ed = { $period } ещё не собран

# no issue to compare with is named, and there is no build in `{folder}`
m-54c1f6d9 = не назван выпуск для сравнения, и в `{ $folder }` нет сборки

# name a day, a period or a folder: `kosh diff 2026-02-09`
m-418548f0 = назовите день, период или папку: `kosh diff 2026-02-09`

# did you mean the period `{period}`?
m-c97185b4 = возможно, имелся в виду период `{ $period }`?

## src/cli/explain/code.rs

# kosh: there is no diagnostic `{subject}`
m-41ba1a00 = kosh: нет сообщения с кодом `{ $subject }`

# hint: {hint}
m-39963e55 = что делать: { $hint }

## src/cli/explain/mod.rs

# kosh: there is no setting, file or section `{subject}`
m-e36202c7 = kosh: нет настройки, файла или раздела `{ $subject }`

# hint: `kosh facts {subject}` shows a number and the rows it is based on
m-182f8f14 = что делать: `kosh facts { $subject }` покажет число и строки, на которых оно основано

# did you mean `{whole}`?
m-4a2b63c4 = возможно, имелось в виду `{ $whole }`?

# did you mean `{name}`?
m-69ddb50e = возможно, имелось в виду `{ $name }`?

## src/cli/facts.rs

# there is no fact `{asked}`
m-557c5932 = нет факта `{ $asked }`

# no id, label or name of a member has these words
m-6a97615d = этих слов нет ни в одном идентификаторе, ни в одной подписи, ни в одном названии элемента

#   when      {time}
m-8a240a86 = {"  "}когда     { $time }

#   against   {base}
m-762fdb0b = {"  "}против    { $base }

#   formula   {formula}
m-936b6b09 = {"  "}формула   { $formula }

#   known to  {step}
m-c0a08de7 = {"  "}точность  { $step }

#   flags     {flags}
m-e90580c3 = {"  "}пометки   { $flags }

#   from      {row}  {k} = {value} {unit}, vintage {vintage}, source {source}
m-af115ab4 = {"  "}откуда    { $row }  { $k } = { $value } { $unit }, выпуск { $vintage }, источник { $source }

## src/cli/fmt.rs

# there is no `{path}`
m-1e283915 = нет `{ $path }`

# name the section files, or the folder with the templates
m-32a5bf83 = назовите файлы разделов или папку с шаблонами

# this template cannot be formatted
m-f4fb5119 = этот шаблон нельзя отформатировать

# `kosh check` says what is wrong with it
m-1fceffb8 = что в нём не так, скажет `kosh check`

# the file is left as it is
m-a6e844b6 = файл оставлен как есть

## src/cli/handbook.rs

# kosh: no browser can be opened: {reason}
m-42b64167 = kosh: не удалось открыть браузер: { $reason }

# kosh: there is no handbook in the language `{asked}`
m-e3834d8d = kosh: нет руководства на языке `{ $asked }`

# hint: there is one in {known}
m-bacf8364 = что делать: выберите язык, на котором оно есть: { $known }

# kosh: the handbook has no page `{subject}`
m-c3f96e13 = kosh: в руководстве нет страницы `{ $subject }`

# hint: `kosh handbook --print` lists the pages
m-e7925816 = что делать: `kosh handbook --print` перечислит страницы

## src/cli/import.rs

# `{file}` cannot be read: {error}
m-c6b5c869 = `{ $file }` не читается: { $error }

# `{option}` is missing: {what}
m-81e0344c = не задано `{ $option }`: { $what }

# add `{written}`; or write the value into the recipe if it is always the same
m-c5ed9d65 = добавьте `{ $written }` или впишите значение в рецепт, если оно всегда одно и то же

# nothing was written because of {count} about the new rows
m-7f01af9b = ничего не записано: есть { $count } о новых строках

# the new rows may contain mistakes, and this run cannot ask you
m-b0b5f392 = в новых строках могут быть ошибки, а спросить вас этот запуск не может

# compare the cells with the publication; if they are correct, add `--accept {codes}`
m-e154f7ec = сверьте ячейки с публикацией; если они верны, добавьте `--accept { $codes }`

# writing the rows was not confirmed
m-96cfa0a0 = запись строк не подтверждена

# this run cannot ask you, because it has no terminal
m-1500ab69 = этот запуск не может спросить вас: у него нет терминала

# add `--yes`, or add `--dry-run` to see what would be written
m-78d277f5 = добавьте `--yes` или `--dry-run`, чтобы увидеть, что было бы записано

# `{answer}` is not a day: write it as 2026-08-11
m-1126b1e1 = `{ $answer }` — не день: напишите как 2026-08-11

# import {number} of `{file}` undone: {rows} removed from `{table}`
m-2b9042aa = загрузка { $number } файла `{ $file }` отменена: из `{ $table }` удалено { $rows }

# {path} ({workbook}), sheet {sheets}
m-34e8cb02 = { $path } ({ $workbook }), лист { $sheets }

# recipe `{name}`, table `{table}`
m-b09aeee0 = рецепт `{ $name }`, таблица `{ $table }`

# the file does not contain {untold}: check it by eye
m-026e4c9d = в файле нет { $untold }: проверьте это глазами

# not read: sheet `{other}`
m-075941b3 = не прочитан лист `{ $other }`

# left out: {count}, {why}
m-95fc8e83 = пропущено: { $count }, { $why }

# footnote marks removed: {number_of_marks}
m-0eeeff63 = убрано знаков сносок: { $number_of_marks }

#   and {order} more; `--json` lists them
m-af91a24f = {"  "}и ещё { $order }; `--json` перечислит их

# release `{key}`{new_vintage}
m-e88c70fa = выпуск `{ $key }`{ $new_vintage }

# source `{key}`{new_source}
m-9e9cc843 = источник `{ $key }`{ $new_source }

## src/cli/init.rs

# `{path}` cannot be read: {error}
m-2922b464 = `{ $path }` не читается: { $error }

# name an SVG, PNG or JPEG file
m-f7fb147b = назовите файл SVG, PNG или JPEG

# {folder}: {number_of_files} files, profile `{profile}`
m-1726c909 = { $folder }: { $number_of_files } { $number_of_files ->
        [one] файл
        [few] файла
       *[other] файлов
    }, профиль `{ $profile }`

# next:
m-c5614196 = дальше:

#   cd {folder}
m-1fd44422 = {"  "}cd { $folder }

#   kosh build --region CODE    (codes: data/regions.csv)
m-13565c06 = {"  "}kosh build --region CODE    (коды: data/regions.csv)

#   kosh build
m-1395b2a4 = {"  "}kosh build

# files for you to change: {own}
m-904fa609 = файлы, которые меняете вы: { $own }

## src/cli/language.rs

# For more information, try '--help'.
m-a9951b79 = Подробнее: '--help'.

# Print this message or the help of the given subcommand(s)
m-7623c860 = Напечатать это сообщение или справку о команде

# Print help (see more with '--help')
m-0a4f0559 = Напечатать справку (подробнее — '--help')

# Print help (see a summary with '-h')
m-d04996c7 = Напечатать справку (кратко — '-h')

# Print help
m-63ca5eeb = Напечатать справку

# Print version
m-070bbb84 = Напечатать версию

# the following required arguments were not provided:
m-4e70d1b3 = не заданы обязательные параметры:

# error: unexpected argument
m-65ad4583 = ошибка: неизвестный параметр

# error: unrecognized subcommand
m-7381f933 = ошибка: неизвестная команда

# error: invalid value
m-f4964d57 = ошибка: недопустимое значение

# a value is required for
m-4985f3ab = нужно значение для

# a similar argument exists:
m-40909372 = есть похожий параметр:

# a similar subcommand exists:
m-3c729b46 = есть похожая команда:

# [possible values:
m-16789a29 = [возможные значения:

# Possible values:
m-d1d5531a = Возможные значения:

# [default:
m-64bd9d07 = [по умолчанию:

# Usage:
m-25d01376 = Использование:

# Commands:
m-9f8e2c6b = Команды:

# Arguments:
m-fc9b62df = Аргументы:

# Options:
m-4faf3eed = Параметры:

## src/cli/matrix.rs

# to build
m-2be0b22c = к сборке

# {built} {verb}, {unchanged} unchanged, {failed} failed in {took} s
m-f6baa0c1 = { $verb }: { $built }, без изменений: { $unchanged }, не удалось: { $failed }, за { $took } с

## src/cli/open.rs

# the brief is missing from its folder
m-37ef95a2 = обзора нет в его папке

# kosh made it, and somebody moved or deleted it
m-db8ffd1b = kosh его создал, а потом кто-то его переместил или удалил

# run `kosh build` again
m-e5bf26e1 = запустите `kosh build` ещё раз

# this brief has no language `{lang}`
m-8799e072 = у этого обзора нет языка `{ $lang }`

# the newest brief has no such file
m-0901f226 = в новейшем обзоре нет такого файла

# it was built in other forms, or before `file-name` was changed
m-2426f5f0 = он собран в других формах или до того, как изменили `file-name`

# run `kosh build` again, or `kosh open --folder` to see its files
m-30fa2478 = запустите `kosh build` ещё раз или посмотрите его файлы: `kosh open --folder`

# there is no brief in {names}
m-b9f56ecf = нет обзора в { $names }

# none of the {all} is the one asked for
m-0b6c4ff4 = есть { $all }, но запрошенного среди них нет

# a brief is a folder with the `{name}` that `kosh build` writes
m-0d65c9e1 = обзор — это папка с файлом `{ $name }`, который пишет `kosh build`

# run `kosh build` first
m-0483048f = сначала запустите `kosh build`

# the brief cannot be shown: {error}
m-dfc9cf79 = обзор нельзя показать: { $error }

# open the file at this path yourself
m-d2ea0a13 = откройте файл по этому пути сами

## src/cli/quarter.rs

# {rows} into {file}
m-6a3c1b72 = { $rows } — в { $file }

# {left} without a value left where they are
m-f8d3959a = { $left } без значения — оставлены на месте

# {period}: the figures that the brief needs, compared with {like}
m-5b2e7dfd = { $period }: данные, нужные обзору, в сравнении с { $like }

# tables:
m-35c42cda = таблицы:

#   {head}  {like}  {period}   needed  optional
m-d03167b2 = {"  "}{ $head }  { $like }  { $period }    нужно  можно

# every figure that the brief quotes is available
m-c9bc4f7e = все данные, которые приводит обзор, есть

# to fill in: {folder}, {filled} with a value, {empty} without
m-37cc3cbd = заполнить: { $folder }, { $filled } со значением, { $empty } без

# checks: {counted}, {counted_2}, {counted_3} about {period}; `kosh check data` lists them
m-d350931a = проверки: { $counted }, { $counted_2 }, { $counted_3 } о { $period }; `kosh check data` перечислит их

# calendar: {said}
m-55814fb2 = календарь: { $said }

# next: {command}
m-f7e03ebf = дальше: { $command }

#   {table} {time} {key}  for {waits}{more}
m-69c22a19 = {"  "}{ $table } { $time } { $key }  для { $waits }{ $more }

# {sentences} left out of the brief of {like} because these figures are missing:
m-cd581192 = { $sentences } опущено в обзоре за { $like }, потому что нет этих данных:

# recipes: none in recipes/ of the data folder
m-fbba17cd = рецепты: в recipes/ папки данных их нет

# recipes:
m-45b3984a = рецепты:

#   {name}  for {table}  {title}
m-30354a4b = {"  "}{ $name }  для { $table }  { $title }

# imported: {imports}
m-3673c1c9 = загружено: { $imports }

## src/cli/recipe.rs

# no recipes yet; `kosh recipe new FILE` proposes one
m-f76d9dc0 = рецептов пока нет; `kosh recipe new FILE` предложит рецепт

# a recipe cannot be called `{name}`
m-d7cd97f2 = рецепт нельзя назвать `{ $name }`

# a recipe of this name exists, or the name cannot be the name of a file
m-07db620d = рецепт с таким именем есть, или это имя не может быть именем файла

# for the table {table}
m-24067ffd = для таблицы { $table }

# {table} fits as well (--table {table}): {why}
m-26e6bbae = { $table } тоже подходит (--table { $table }): { $why }

# next: kosh import {file} --recipe {name} --dry-run
m-47310fb4 = дальше: kosh import { $file } --recipe { $name } --dry-run

## src/cli/release.rs

# the option `--allow-warnings` was removed
m-60b727db = параметра `--allow-warnings` больше нет

# it allowed all warnings at once, including those that nobody had read
m-e17749db = он разрешал сразу все предупреждения, в том числе и те, которых никто не читал

# run `kosh release` without it: the message of each warning shows the lines for `brief.toml` that allow it with a reason
m-6f24bc5a = запустите `kosh release` без него: сообщение каждого предупреждения покажет строки для `brief.toml`, которые разрешают его с указанием причины

# nothing has changed since version {number} of {period} was released on {day}
m-388753aa = с выпуска версии { $number } за { $period } ({ $day }) ничего не изменилось

# released {period}, version {number}, {number_of_files} files
m-4ae561de = выпущено: { $period }, версия { $number }, { $number_of_files } { $number_of_files ->
        [one] файл
        [few] файла
       *[other] файлов
    }

## src/cli/report.rs

# {errors}, {warnings}; `kosh explain CODE` says more
m-8500eb40 = { $errors }, { $warnings }; подробнее — `kosh explain CODE`

# {n} cell
m-ee029161 = { $n } ячейка

# {n} cells
m-c00a5f56 = { $n } { $n ->
        [one] ячейка
        [few] ячейки
       *[other] ячеек
    }

# {n} difference
m-0fd9efce = { $n } отличие

# {n} differences
m-b1146687 = { $n } { $n ->
        [one] отличие
        [few] отличия
       *[other] отличий
    }

# {n} error
m-64d1daad = { $n } ошибка

# {n} errors
m-945b8b7a = { $n } { $n ->
        [one] ошибка
        [few] ошибки
       *[other] ошибок
    }

# {n} fact
m-88e1c813 = { $n } факт

# {n} facts
m-db6e6f20 = { $n } { $n ->
        [one] факт
        [few] факта
       *[other] фактов
    }

# {n} figure
m-4eea0e7d = { $n } значение

# {n} figures
m-4874200a = { $n } { $n ->
        [one] значение
        [few] значения
       *[other] значений
    }

# {n} file
m-312627ef = { $n } файл

# {n} files
m-fb105a94 = { $n } { $n ->
        [one] файл
        [few] файла
       *[other] файлов
    }

# {n} note
m-6711b2a1 = { $n } замечание

# {n} notes
m-12dc8096 = { $n } { $n ->
        [one] замечание
        [few] замечания
       *[other] замечаний
    }

# {n} release
m-3f402c0a = { $n } выпуск

# {n} releases
m-0b06027b = { $n } { $n ->
        [one] выпуск
        [few] выпуска
       *[other] выпусков
    }

# {n} row
m-cb606267 = { $n } строка

# {n} rows
m-3cba657c = { $n } { $n ->
        [one] строка
        [few] строки
       *[other] строк
    }

# {n} sentence
m-b7542cd8 = { $n } предложение

# {n} sentences
m-44825131 = { $n } { $n ->
        [one] предложение
        [few] предложения
       *[other] предложений
    }

# {n} table
m-43527d63 = { $n } таблица

# {n} tables
m-0adae030 = { $n } { $n ->
        [one] таблица
        [few] таблицы
       *[other] таблиц
    }

# {n} warning
m-505f8e9b = { $n } предупреждение

# {n} warnings
m-6e6df738 = { $n } { $n ->
        [one] предупреждение
        [few] предупреждения
       *[other] предупреждений
    }

# {n} PDF
m-9f031231 = { $n } PDF

# {n} PDFs
m-93d5bde6 = { $n } PDF

# {n} more fact
m-9070d9e2 = ещё { $n } факт

# {n} more facts
m-f2a67f43 = ещё { $n } { $n ->
        [one] факт
        [few] факта
       *[other] фактов
    }

# {n} more list
m-82b0fa7c = ещё { $n } список

# {n} more lists
m-cb99a59d = ещё { $n } { $n ->
        [one] список
        [few] списка
       *[other] списков
    }

# {n} more sentence
m-0b4c0571 = ещё { $n } предложение

# {n} more sentences
m-caabe226 = ещё { $n } { $n ->
        [one] предложение
        [few] предложения
       *[other] предложений
    }

# {n} brief
m-e32a73ab = { $n } обзор

# {n} briefs
m-73d45d08 = { $n } { $n ->
        [one] обзор
        [few] обзора
       *[other] обзоров
    }

# {n} reason
m-dec88255 = { $n } причина

# {n} reasons
m-dba4e1d2 = { $n } { $n ->
        [one] причина
        [few] причины
       *[other] причин
    }

# {n} more member
m-1fa7a266 = ещё { $n } член

# {n} more members
m-e9e4270f = ещё { $n } { $n ->
        [one] член
        [few] члена
       *[other] членов
    }

# {n} more row
m-ce96f4d0 = ещё { $n } строка

# {n} more rows
m-daa31c99 = ещё { $n } { $n ->
        [one] строка
        [few] строки
       *[other] строк
    }

# {n} {noun}s
m-86935c22 = { $n } { $noun }

# left out because a figure is missing:
m-903b6503 = опущено, потому что нет значения:

# missing in the data, although the same series have figures before and after:
m-3e905492 = нет в данных, хотя у тех же рядов есть значения до и после:

#   and {gaps} more; `kosh check --json` lists them
m-a3374937 = {"  "}и ещё { $gaps }; `kosh check --json` перечислит их

# {figure} of this period are based on a single row that no other figure confirms; `kosh check` lists them
m-548be1dc = { $figure } этого периода: каждое основано на одной строке, которую ничто другое не подтверждает; `kosh check` перечислит их

# no sum, share or second source confirms these figures; compare them with the published pages:
m-d907d046 = эти значения не подтверждает ни сумма, ни доля, ни второй источник; сверьте их с опубликованными страницами:

#   and {figures} more; `--json` lists them
m-b26150f0 = {"  "}и ещё { $figures }; `--json` перечислит их

# allowed: {code} {subject}: {reason}
m-c1a3714e = разрешено: { $code } { $subject }: { $reason }

# {elsewhere} about figures on which nothing printed is based; `kosh check` lists them
m-83167fc4 = { $elsewhere } о данных, на которых ничто из напечатанного не основано; `kosh check` перечислит их

## src/cli/table.rs

# `{file}` is not in the data folder
m-800bfe00 = `{ $file }` — вне папки данных

# put the file into {shown}
m-bc1fec9c = положите файл в { $shown }

## src/cli/verify.rs

#   … and {all} more
m-bb794ab2 = {"  "}… и ещё { $all }

# 1 file is different when built again
m-79b6e1a5 = при повторной сборке 1 файл получается другим

# {n} files are different when built again
m-d8482379 = при повторной сборке { $n } { $n ->
        [one] файл получается другим
        [few] файла получаются другими
       *[other] файлов получаются другими
    }

# it cannot be built from the present files
m-8b19e267 = из нынешних файлов его не собрать

# {folder}: reproduced
m-3308e81a = { $folder }: воспроизведён

# {folder}: as published, but its inputs have changed since {found}
m-64a255a3 = { $folder }: каким опубликован, но его входные файлы с тех пор изменились { $found }

# {folder}: as built, but out of date {found}
m-842a22bb = { $folder }: каким собран, но устарел { $found }

# {folder}: ALTERED after it was built {found}
m-ca9e0b28 = { $folder }: ИЗМЕНЁН после сборки { $found }

# {folder}: NOT reproduced, although no input has changed {found}
m-c6c067b8 = { $folder }: НЕ воспроизведён, хотя входные файлы не менялись { $found }

## src/cli/watch.rs

# kosh: Ctrl-C will stop at once, even during a build: {error}
m-979e21f5 = kosh: Ctrl-C остановит сразу, даже во время сборки: { $error }

# the pages are at {preview}
m-a4fb2d09 = страницы — по адресу { $preview }

# , after {files}
m-47f79752 = , после { $files }

# unchanged
m-ef708ebe = не изменён

# rebuilt
m-6e808560 = пересобран

#  ({n} the same)
m-9d204b2d = {" "}(тот же: { $n })

# {verb} {period} in {seconds} s{kept}{after}
m-210dd580 = { $verb } { $period } за { $seconds } с{ $kept }{ $after }

# nothing is built
m-f9f5ae7e = ничего не собрано

# the last good release is unchanged
m-6ff3bf21 = последний удачный выпуск не тронут

# {errors} in {seconds} s{after}: {what}
m-94ff9d01 = { $errors } за { $seconds } с{ $after }: { $what }

# watching the files it was built from; press Ctrl-C to stop
m-7f679580 = слежу за файлами, из которых он собран; остановить — Ctrl-C

## src/data/checks/bounds.rs

# {row} is {value}, beyond its bound of {bound}
m-64b94852 = { $row } — { $value }, за границей { $bound }

# the bounds are under `ranges` in the package
m-1d7c0747 = границы записаны в `ranges` пакета

# check the decimal point, the sign and the column
m-246c03bf = проверьте десятичный знак, знак числа и столбец

# {row} is in `{unit}`, but its other figures are in `{unit_2}`
m-c142e83a = { $row } — в `{ $unit }`, а остальные его значения — в `{ $unit_2 }`

# the other unit
m-3a88bac4 = другая единица

# write all figures of one measure in the same unit
m-2ef74b29 = записывайте все значения одной величины в одной единице

# {row} is {value}, below zero
m-b49f6aff = { $row } — { $value }, меньше нуля

# only members listed under `signed` in the package may be negative
m-fe35a012 = отрицательными могут быть только элементы, перечисленные в `signed` пакета

# check the sign and the column
m-38523b43 = проверьте знак и столбец

## src/data/checks/changes.rs

# {row} does not agree with its levels
m-65d19fc6 = { $row } не сходится со своими уровнями

# {value} printed, {computed} computed
m-7fe1b254 = напечатано { $value }, вычислено { $computed }

# check all three, and the sign; list the change under `as-printed` if it is printed like this
m-7cf48b7b = проверьте все три и знак; если изменение так и напечатано, перечислите его в `as-printed`

# a sign was lost
m-b00fa17e = потерян знак

# the ratio of the two levels is printed as their change
m-6fcf8662 = вместо изменения напечатано отношение двух уровней

# it is wrong by a factor of ten, a hundred or a thousand
m-16f525b9 = ошибка в десять, сто или тысячу раз

# the change was computed as a percentage of the later level
m-f1803be5 = изменение вычислено в процентах от более позднего уровня

## src/data/checks/duplicates.rs

# {row} and {its} are the same figure but differ
m-27eebfe0 = { $row } и { $its } — одно и то же значение, но они различаются

# the package says under `same-as` that both names mean the same
m-7dfd5025 = пакет говорит в `same-as`, что оба имени означают одно

# look the figure up, and enter the right value with its source under both names
m-ecbe75dd = найдите значение в источнике и запишите верное с его источником под обоими именами

# seem to be two names for one figure
m-f5cd5e4c = — похоже, два имени одного значения

# delete one of them, or declare under `same-as` of the table that they are the same
m-9f30ca91 = удалите одно из них или объявите в `same-as` таблицы, что это одно и то же

# have the same value
m-49c08ce3 = имеют одно значение

# check both: a value may have been copied into the wrong row; if both are right, list one under `as-printed`
m-421eee25 = проверьте оба: значение могли скопировать не в ту строку; если оба верны, перечислите одно в `as-printed`

# {key} and {other}
m-5b95ed81 = { $key } и { $other }

# the same value
m-e7893267 = то же значение

# {names} and {names_2} have the same value
m-eadc7f19 = у { $names } и { $names_2 } одно значение

# the same value, which is usual for this member
m-9b949d3b = то же значение, что для этого элемента обычно

# check it: a value may have been copied from another row or column
m-1d9cb797 = проверьте: значение могли скопировать из другой строки или столбца

# {row} has exactly the value of {earlier}
m-46a7473a = { $row } в точности равно значению за { $earlier }

# figures of this size are rarely the same at two times
m-3f1fe70b = значения такой величины редко совпадают в два момента

# look it up: an old value may have been copied; if it is right, list it under `as-printed`
m-077c0fad = найдите его в источнике: могли скопировать старое значение; если оно верно, перечислите его в `as-printed`

## src/data/checks/history.rs

# {times} times {word}
m-58909d23 = в { $times } раза { $word }

# many times {word}
m-90f158d0 = во много раз { $word }

# check the digits, the unit (persons or thousands) and the codes of the row
m-45f2719e = проверьте цифры, единицу (человек или тысяч) и коды строки

# {name} is {off} than its other figures
m-e05d4165 = { $name } { $off } остальных своих значений

# flows are compared per month, with the median of the nearest times
m-bf08d40f = потоки сравниваются в расчёте на месяц, с медианой ближайших моментов

# {name} is {off} than a year before
m-069c7533 = { $name } { $off }, чем годом ранее

# the same months of both years are compared
m-d37cc4ce = сравниваются одни и те же месяцы двух лет

# {name} has another sign than all figures near it in time
m-99d7c4ee = у { $name } другой знак, чем у всех близких по времени значений

# check the sign: a page may print a loss without its minus sign
m-a193f5b2 = проверьте знак: на странице убыль могли напечатать без минуса

# {name} differs by {off} points from its other figures
m-2dd20fcf = { $name } отличается на { $off } п. от остальных своих значений

# it is compared with the median of the nearest times
m-fe32c21c = сравнивается с медианой ближайших моментов

# check the digits, the decimal point and the code of the measure
m-c31bf28b = проверьте цифры, десятичный знак и код величины

# {name} looks like an index, but its other figures are changes
m-ea4ffa1f = { $name } похоже на индекс, а остальные его значения — изменения

# an index of 104.1 means a change of 4.1 per cent
m-5b897de7 = индекс 104,1 означает изменение на 4,1 процента

# write the change: subtract 100
m-15ff74d0 = запишите изменение: вычтите 100

# {name} is {off} % {off_2} than the days next to it
m-0502f35a = { $name } на { $off } % { $off_2 }, чем в соседние дни

# a stock changes little from one day to the next
m-f4e48c12 = запас от одного дня к следующему меняется мало

# check the digits and the codes of the row
m-e10cca40 = проверьте цифры и коды строки

# {value} in {time}
m-75cc50d4 = { $value } в { $time }

## src/data/checks/identities.rs

# {at} is larger than the later total of its year
m-1aff8903 = { $at } больше более позднего итога своего года

# {at} is smaller than the earlier total of its year
m-fa369598 = { $at } меньше более раннего итога своего года

# {value} by then
m-1e820eb6 = { $value } к тому времени

# a total from January grows with each month that is added to it
m-35b61eb4 = итог с января растёт с каждым добавленным месяцем

# check both rows and their periods; if the measure can fall, list a balance under `signed` of the table, an average under `averages`
m-3474aee5 = проверьте обе строки и их периоды; если величина может убывать, перечислите сальдо в `signed` таблицы, а среднее — в `averages`

# {run} is more than the total from January
m-ef5fadbf = { $run } больше итога с января

# {value} from January
m-d36a6e90 = { $value } с января

# some months of a year cannot have more than all of them
m-1f127d9e = за часть месяцев года не может быть больше, чем за все

# check the period of both rows
m-885ba5da = проверьте период обеих строк

# the difference is {rest}; {why}
m-acc58e6a = разница — { $rest }; { $why }

# any of these figures may be wrong
m-b853fd87 = неверным может быть любое из этих значений

# look all of them up in the source; list one under `as-printed` if it is printed like this
m-18feaf09 = найдите их все в источнике; если одно так и напечатано, перечислите его в `as-printed`

# {whole} is less than a part
m-04d96de0 = { $whole } меньше части

# {row} is more than the whole
m-fc86b5eb = { $row } больше целого

# {value} is a part
m-b0c66352 = { $value } — часть

# {value} is the whole
m-d892863a = { $value } — целое

# check both rows: one has a digit too many or too few, or the wrong code
m-480e0459 = проверьте обе строки: в одной лишняя или недостающая цифра либо неверный код

## src/data/checks/mentions.rs

# `{column}` of `{code}` names `{other}`, which is not a row
m-1fa23b9c = `{ $column }` у `{ $code }` называет `{ $other }`, а такой строки нет

## src/data/checks/names.rs

# a single figure cannot be the same as another
m-c75ae0ae = одно значение не может совпадать с другим

# a figure is identified by its members
m-7c519277 = значение определяется своими элементами

# a figure is named by the members it has
m-5aef0dab = значение называют его элементы

# an exception from a check needs a reason
m-efcc6448 = исключению из проверки нужна причина

# `{time}` is neither a period nor a day
m-a0fa05eb = `{ $time }` — не период и не день

# `as-printed` for `{time}` matches no row
m-21d77ea4 = `as-printed` для `{ $time }` не подходит ни к одной строке

# delete the entry
m-a8409549 = удалите запись

# `{rule}` of `{name}`: {message}
m-168d0a44 = `{ $rule }` таблицы `{ $name }`: { $message }

# the dimension `{dimension}` has no member `{member}`
m-30c57da5 = в измерении `{ $dimension }` нет элемента `{ $member }`

## src/data/checks/omitted.rs

# named here
m-ce646234 = назван здесь

# the {in_a_row} releases before it name {code}
m-abaa4f1c = { $in_a_row } предыдущих выпусков называют { $code }

# {value} in {before}
m-8056a9ea = { $value } в { $before }

# a gain of this size is rarely lost before the end of the year
m-3a7c2f5e = прирост такого размера редко теряется до конца года

# the release is declared to name every positive member, but {code} is not among them
m-7dec7e80 = объявлено, что выпуск называет каждый положительный элемент, но { $code } среди них нет

# declared here
m-4480adaf = объявлено здесь

# look the release up: add {code} to `members` and enter its figure, or write `listed` if the release does not name all
m-fb131c6c = посмотрите выпуск: добавьте { $code } в `members` и внесите его значение или напишите `listed`, если выпуск называет не все

## src/data/checks/pace.rs

# {row} has exactly the value of the total before it in its year
m-5ff1f117 = { $row } в точности равно предыдущему итогу своего года

# the same in {time}
m-f0058ddc = то же в { $time }

# at the average of the year so far, about {grown} would have been added
m-6e6017af = при среднем темпе этого года прибавилось бы около { $grown }

# look it up: a column may have been copied
m-cd8dd76c = найдите его в источнике: могли скопировать столбец

# {row} looks like a total from January, typed as some months of the year
m-e9884169 = { $row } похоже на итог с января, записанный как часть месяцев года

# {value}, but about {added} would be expected
m-7371e292 = { $value }, а ожидалось бы около { $added }

# write the period as {whole}, if the page counts from January
m-f40698dc = запишите период как { $whole }, если страница считает с января

# {row} looks like the last months alone, typed as a total from January
m-c3bf6098 = { $row } похоже на одни последние месяцы, записанные как итог с января

# as in the year before
m-bd8cc0af = как годом ранее

# at the average of the year so far
m-c135649a = при среднем темпе этого года

# {value}, but about {expected} would be expected
m-c41c3bfe = { $value }, а ожидалось бы около { $expected }

# together with the total before it, it gives {together}; {by}, the total would be {expected}
m-4758fdea = вместе с предыдущим итогом получается { $together }; { $by } итог был бы { $expected }

# check whether the page counts from January, and enter the total
m-9ff6ecd8 = проверьте, считает ли страница с января, и внесите итог

# {row} is too small for the later total of its year
m-16beab8e = { $row } слишком мало для более позднего итога своего года

# {row} is too large for the earlier total of its year
m-98056614 = { $row } слишком велико для более раннего итога своего года

# that is {later} a month after {earlier} a month earlier in the year
m-65afde21 = это { $later } в месяц после { $earlier } в месяц в начале года

# check whether both rows count the same: the flow, the region, the source
m-11ab22be = проверьте, одно ли и то же считают обе строки: поток, регион, источник

## src/data/checks/pages.rs

# the page `{id}` has the date {latest}, before {time} was over
m-54ad2231 = у страницы `{ $id }` дата { $latest } — раньше, чем { $time } закончилось

# read on a page of {latest}
m-4d33407e = прочитано на странице от { $latest }

# a figure cannot be published before its period is over
m-671b3992 = значение нельзя опубликовать, пока его период не закончился

# check the period and `source_id` of the row, and `date` of the page; list a plan under `announced` of the table
m-621aef07 = проверьте период и `source_id` строки и `date` страницы; план перечислите в `announced` таблицы

# the release `{id}` is dated after all pages that report it
m-e97e05db = выпуск `{ $id }` датирован позже всех страниц, которые о нём сообщают

# read on a page of {day}
m-da791a31 = прочитано на странице от { $day }

# check `released`, and `date` of the page; if the day is inferred, it must be the last possible day, and not after the first page
m-6b33b9c7 = проверьте `released` и `date` страницы; выведенный день должен быть последним возможным и не позже первой страницы

# the release `{id}` is dated {after} days after the first page that reports it
m-854d7d76 = выпуск `{ $id }` датирован на { $after } дн. позже первой страницы, которая о нём сообщает

# page of {day}
m-f7dea3cb = страница от { $day }

# check month and year of `released`, and `date` of the page; or add the page on which the release was first seen
m-54385bd2 = проверьте месяц и год в `released` и `date` страницы или добавьте страницу, на которой выпуск впервые увидели

# released
m-a01412ee = выпущено

# the page `{page}` is dated before the release `{id}` that it should report
m-be02ab59 = страница `{ $page }` датирована раньше выпуска `{ $id }`, о котором она должна сообщать

# page of {day}, release of {released}
m-1b36405e = страница от { $day }, выпуск от { $released }

# check the vintage of the row, and the day of the page
m-e8e9cc69 = проверьте выпуск строки и день страницы

# the page `{id}` reports `{id_2}` in other rows, but `{id_3}` here
m-8e2e32c1 = в других строках страница `{ $id }` сообщает о `{ $id_2 }`, а здесь — о `{ $id_3 }`

# of the release `{id}`
m-1ff3949b = из выпуска `{ $id }`

# both rows have the same time
m-32fc606f = у обеих строк один момент

# check the vintage of the row
m-0996dbd4 = проверьте выпуск строки

# {key} ({name}) is for {time}, but the release `{release}` is about {main}
m-b83826e8 = { $key } ({ $name }) — за { $time }, а выпуск `{ $release }` — о { $main }

# {number_of_rows} other figures of the release are for {main}, but it has no such figure for that time
m-0af6a5f7 = другие значения выпуска ({ $number_of_rows }) — за { $main }, а такого значения за этот момент в нём нет

# check the period of the row, and its vintage
m-e42defa2 = проверьте период строки и её выпуск

# the release `{id}` has the status `{status}`
m-ceeae7cd = у выпуска `{ $id }` статус `{ $status }`

# its name suggests {said}
m-0e025556 = по имени это { $said }

# the status decides which of two figures is printed
m-48408f7e = статус решает, какое из двух значений печатается

# correct the status of the release, or its name
m-c32aad0b = исправьте статус выпуска или его имя

## src/data/checks/releases.rs

# {row} was released on {released}, before its period was over
m-09aba5ce = { $row } выпущено { $released } — раньше, чем закончился его период

# vintage `{id}`
m-ca6b4772 = выпуск `{ $id }`

# check the period, the vintage and its day; list a plan under `announced` of the table
m-65fa7543 = проверьте период, выпуск и его день; план перечислите в `announced` таблицы

# {last}: the final figure is dated before the first one
m-7d06a418 = { $last }: окончательное значение датировано раньше первого

# final, {released}
m-89633cfa = окончательное, { $released }

# express, {released}
m-7d88f7b2 = экспресс, { $released }

# check the status and the day of both releases
m-d07a76dc = проверьте статус и день обоих выпусков

## src/data/checks/remarks/notes.rs

# a note at {row} names `{named}`
m-81d76c64 = примечание у { $row } называет `{ $named }`

# enter the figure of the other source as a row of its own
m-f8a49afd = внесите значение другого источника отдельной строкой

## src/data/checks/remarks/rates.rs

# {value} printed, {today} with the figures of today
m-253dd2d3 = напечатано { $value }, по сегодняшним данным { $today }

# {name} does not agree with its levels
m-1ba54b51 = { $name } не сходится со своими уровнями

#  (base)
m-2d1a0613 = {" "}(база)

# {name} agrees with an earlier release of its levels
m-538bda55 = { $name } сходится с прежним выпуском своих уровней

#  (base then)
m-5f54e84a = {" "}(база тогда)

#  (today)
m-ee831725 = {" "}(сегодня)

#  (base today)
m-cf6f3e80 = {" "}(база сегодня)

# both percentages are right for their day; a brief computes its own and names the base
m-af17b333 = оба процента верны на свой день; обзор вычисляет свой и называет базу

# {name} is wrong in its last digit
m-1e49149b = у { $name } неверна последняя цифра

# {value} printed, {today} computed
m-1deb6fb0 = напечатано { $value }, сегодня вычислено { $today }

# check all three; the source may have rounded differently
m-b04bcd1b = проверьте все три; источник мог округлить иначе

# {other} is the same percentage as that of {time}
m-5371a345 = { $other } — тот же процент, что за { $time }

# the same percentage
m-a9135ac6 = тот же процент

# one of the two periods may be wrong, or the percentage was copied
m-ab24fafb = один из двух периодов может быть неверным, или процент скопирован

# look both up
m-6d22778e = найдите оба в источнике

## src/data/checks/remarks/releases.rs

# {printed} was revised
m-7e1f4df6 = { $printed } пересмотрено

# by {moved}; a percentage in the first release was computed from the first figure
m-361c151b = на { $moved }; процент в первом выпуске вычислен по первому значению

# {row} differs from the release
m-50784f5e = { $row } отличается от выпуска

# {value} to {rounded_to}
m-4783ceec = { $value } с точностью до { $rounded_to }

# the release is used; the figure that someone else printed stays in the data
m-a552dd18 = используется выпуск; значение, напечатанное кем-то другим, остаётся в данных

# look both up: one of them is mistyped, or the account is of an earlier figure
m-f8f86845 = найдите оба: в одном опечатка, или пересказано более раннее значение

## src/data/checks/remarks/small.rs

# {more} more series of the table have such counts
m-87deba71 = такие числа есть ещё у { $more } { $more ->
        [one] ряда
        [few] рядов
       *[other] рядов
    } таблицы

# {newest} is too small for a percentage
m-f0a22d14 = { $newest } слишком мало для процента

# {value}, below {smallest_base}
m-e68439f8 = { $value }, меньше { $smallest_base }

# {value} in {row}
m-253a58c3 = { $value } в { $row }

# a change of a few persons is tens of per cent of it, so print only the numbers
m-2493e5a4 = изменение на несколько человек — это десятки процентов, поэтому печатайте только числа

# {first} begins before {code} was created
m-94fc2e58 = { $first } начинается раньше, чем появился { $code }

# created in {made}
m-80d2b275 = появился в { $made }

# where a border changes, people who did not move are counted as migrants
m-032a036b = там, где меняется граница, переехавшими считаются люди, которые никуда не переезжали

# {rows} more rows of {code} are from before that time
m-a65ef12b = ещё { $rows } { $rows ->
        [one] строка
        [few] строки
       *[other] строк
    } { $code } — раньше этого времени

## src/data/checks/remarks/times.rs

# {its} overlaps {one}
m-6f062087 = { $its } пересекается с { $one }

# {value} in {one}
m-14680b93 = { $value } в { $one }

# the figures of the months that both contain cannot be separated, so nothing is computed from them
m-6097c089 = значения общих месяцев разделить нельзя, поэтому по ним ничего не вычисляется

# check both periods; totals start in January
m-0644be55 = проверьте оба периода; итоги начинаются с января

# the figure before it
m-5a928c30 = значение перед ним

# enter the figures; declare what was never published as `none` in the coverage table
m-768888b9 = внесите значения; то, чего никогда не публиковали, объявите как `none` в таблице охвата

## src/data/checks/revisions.rs

# the first figure is far from the final one
m-8ab33842 = первое значение далеко от окончательного

# the final figure is far from the first one
m-042941a2 = окончательное значение далеко от первого

# they differ by {size} %; revisions are rarely larger than a few per cent
m-b38b8c30 = они отличаются на { $size } %; пересмотры редко больше нескольких процентов

# look both up, and check the status of their vintages; if both are right, list one under `as-printed`
m-ca0a1478 = найдите оба и проверьте статус их выпусков; если оба верны, перечислите одно в `as-printed`

## src/data/checks/shares.rs

# {part} does not agree with its printed share
m-9b19a32d = { $part } не сходится с напечатанной долей

# check all three; list the share under `as-printed` if it is printed like this
m-e855a869 = проверьте все три; если доля так и напечатана, перечислите её в `as-printed`

## src/data/checks/slip.rs

# two digits are exchanged
m-8deeedfc = переставлены две цифры

# one digit is wrong
m-50dfa2f7 = неверна одна цифра

# a digit is missing
m-12232d3f = не хватает цифры

# a digit is repeated or too much
m-24bf5bef = цифра повторена или лишняя

## src/data/checks/stocks.rs

# {row} is not the difference of the stocks at its ends
m-4c965272 = { $row } не равно разности запасов на своих концах

# {value} here, {computed} computed
m-ce7ec884 = здесь { $value }, вычислено { $computed }

# {value} at its start
m-00787275 = { $value } в начале

# {value} at its end
m-997797ac = { $value } в конце

# check the sign and the digits of all three; list one under `as-printed` if it is printed like this
m-c14584ea = проверьте знак и цифры всех трёх; если одно так и напечатано, перечислите его в `as-printed`

## src/data/checks/suspect.rs

# {one} and {other} may be exchanged: all figures agree if they are
m-bed5d5c2 = { $one } и { $other }, возможно, переставлены: тогда всё сходится

# {value} would agree: {slip}
m-97300873 = сошлось бы { $value }: { $slip }

# {value} would agree for {name}: {slip}
m-98f1bd0d = для { $name } сошлось бы { $value }: { $slip }

# {value} would agree, and are closer to its other figures
m-438588c0 = сошлось бы { $value }, это ближе к остальным его значениям

# {value} would agree, and are no longer duplicates
m-5715b570 = сошлось бы { $value }, и повтора больше нет

## src/data/checks/swaps/blocks.rs

# {row} and {key} may be exchanged at {rest} times, up to {time}
m-a9a42402 = { $row } и { $key }, возможно, переставлены в { $rest } { $rest ->
        [one] моменте
        [few] моментах
       *[other] моментах
    }, до { $time }

# at these times each of them fits the other times of the other, and not its own
m-ffdf9ea4 = в эти моменты каждое подходит к остальным моментам другого, а не к своим

# a table that is made of the one before carries a swap on
m-dfc4433d = таблица, сделанная из предыдущей, переносит перестановку дальше

# look both up in the source at each of these times, and check their codes
m-14a7fd22 = найдите оба в источнике в каждый из этих моментов и проверьте их коды

## src/data/checks/swaps.rs

# {row} and {key} may be exchanged
m-8407eef0 = { $row } и { $key }, возможно, переставлены

# each figure agrees with the history of the other member, but not with its own
m-98a1462e = каждое значение согласуется с рядом другого элемента, но не со своим

# look both up in the source, and check their codes
m-14426c6e = найдите оба в источнике и проверьте их коды

# {value}, but about {usual} would be expected
m-30a9796e = { $value }, а ожидалось бы около { $usual }

# {row} may be the figure of {other}
m-b069ab43 = { $row } — возможно, значение { $other }

# {other} has no figure for this time; about {its} would be expected
m-33463af2 = у { $other } за этот момент значения нет; ожидалось бы около { $its }

# check the codes of the row
m-93d33e4c = проверьте коды строки

## src/data/code.rs

# the code `{code}` has a space at its beginning or end
m-a80e6827 = у кода `{ $code }` пробел в начале или в конце

# write it as `{code}`
m-7a2d0d44 = напишите его как `{ $code }`

# the code `{code}` contains an invisible character
m-1292fac2 = в коде `{ $code }` есть невидимый знак

# type it again, without U+{c}
m-e4f9ac1b = наберите его заново, без U+{ $c }

# the code `{code}` mixes letters of two alphabets that look alike
m-82647788 = в коде `{ $code }` смешаны похожие буквы двух алфавитов

# type the Latin letter `{letter}` (U+{letter_2}) instead
m-f63a221c = наберите вместо неё латинскую букву `{ $letter }` (U+{ $letter_2 })

# did you mean `{meant}`? `{c}` is U+{c_2} here
m-cbbcc667 = возможно, имелось в виду `{ $meant }`? Здесь `{ $c }` — это U+{ $c_2 }

# did you mean `{meant}`? They differ in case, spaces or invisible characters
m-f6fa3512 = возможно, имелось в виду `{ $meant }`? Они различаются регистром, пробелами или невидимыми знаками

## src/data/conflict.rs

# the source of lower precedence is used
m-7a545fbc = источник с более низким приоритетом

# the sources have the same precedence: the later release is used
m-d9abfbc8 = приоритет источников одинаков: берётся более поздний выпуск

# the sources have the same precedence and the same date: the finer rounding is used
m-72de9219 = приоритет и дата источников одинаковы: берётся более точное округление

# the rows are equal in every criterion: the first source id is used
m-24c8aafa = строки равны по всем признакам: берётся первый идентификатор источника

# sources disagree on {key} ({name}, {time})
m-676cde40 = источники расходятся о { $key } ({ $name }, { $time })

# printed: {printed}
m-15e0d3d1 = напечатано: { $printed }

# look the figure up in the table of the release and add it as a row with precedence 1; the row that is not used stays in the data
m-5f8dd179 = найдите значение в таблице выпуска и добавьте его строкой с приоритетом 1; неиспользуемая строка остаётся в данных

# the body's own table
m-9e54760e = таблица самого ведомства

# a table in another's account
m-a587b645 = таблица в чужом изложении

# the text of a release
m-3b14fba6 = текст выпуска

# a reworded text
m-4132f8ab = пересказ

# {value} to {rounded_to}, {kind} ({publisher})
m-a15527c7 = { $value } с точностью до { $rounded_to }, { $kind } ({ $publisher })

## src/data/coverage.rs

# the same declaration of what is published appears twice
m-b92198a5 = одно и то же объявление о публикации встречается дважды

# first here
m-63749d4d = впервые здесь

# delete one of the two rows
m-67740eab = удалите одну из двух строк

# `{pair}` is not a dimension with a member
m-4e450e46 = `{ $pair }` — не измерение с элементом

# write it as `measure=net`, several with `;` between them
m-5ea66f64 = напишите как `measure=net`, несколько — через `;`

# table `{name_2}` has no dimension `{name}`
m-6316a401 = в таблице `{ $name_2 }` нет измерения `{ $name }`

# `{member}` is not a member of `{name}` in table `{name_2}`
m-b1c876c0 = `{ $member }` — не элемент `{ $name }` в таблице `{ $name_2 }`

# `{code}` is not a member of `{by}` in table `{name}`
m-b56bbdbc = `{ $code }` — не элемент `{ $by }` в таблице `{ $name }`

# `{code}` is named twice
m-b9042e95 = `{ $code }` назван дважды

# table `{name}` has no open dimension `{by}`
m-ba925478 = в таблице `{ $name }` нет открытого измерения `{ $by }`

# this row does not say which members the release names
m-c8912938 = эта строка не говорит, какие элементы называет выпуск

# only what is listed can be compared with what was entered
m-0ff8a7de = сравнить с внесённым можно только перечисленное

# name the dimension in `by`, and its members in `members` with spaces between them
m-7abecc20 = назовите измерение в `by`, а его элементы через пробел — в `members`

# only rows with `positive` or `listed` name members
m-d3323caf = элементы называют только строки с `positive` или `listed`

# delete the members, or write `listed` in `published`
m-376ba958 = удалите элементы или напишите `listed` в `published`

# this row does not say all members of which dimension are published
m-b11520a0 = эта строка не говорит, по какому измерению опубликованы все элементы

# name the dimension in `by`
m-527f5eb3 = назовите измерение в `by`

# `{written}` is neither a period nor a day
m-87355d89 = `{ $written }` — не период и не день

# write the first and the last month, as 2025-01..2025-06, or a day, as 2025-07-01
m-75b5c0af = напишите первый и последний месяц, 2025-01..2025-06, или день, 2025-07-01

# this row does not say for which time nothing is published
m-4371204c = эта строка не говорит, за какое время ничего не опубликовано

# this row names neither a release nor a time
m-627c3831 = эта строка не называет ни выпуска, ни времени

# write the `period`, or the `vintage` if the row is about one release
m-c9c8d92e = напишите `period` или, если строка об одном выпуске, `vintage`

# this is declared as not published, but there is a row for it
m-4379cc86 = это объявлено неопубликованным, но строка с ним есть

# the release is declared not to name {code}, but a row of the release has its value
m-9a840405 = объявлено, что выпуск не называет { $code }, но в строке выпуска есть его значение

# {code} is declared as positive, but a row of the release has {value}
m-21c74bb1 = { $code } объявлен положительным, но в строке выпуска { $value }

# the release is declared to name every positive member; {code} is not among them, but a row of the release has {value}
m-13b7c9d4 = объявлено, что выпуск называет каждый положительный элемент; { $code } среди них нет, но в строке выпуска { $value }

# what is declared about a release must agree with the rows entered from it
m-a4080ecd = объявленное о выпуске должно сходиться с внесёнными из него строками

# compare both with the release, and correct the one that is wrong
m-afd11f1f = сверьте обе с выпуском и исправьте неверную

## src/data/csv.rs

# a line ends with a carriage return alone
m-c5245d38 = строка кончается одним возвратом каретки

# save the file as “CSV UTF-8”, not as “CSV (Macintosh)”; lines end with LF or CR LF
m-c2b1978a = сохраните файл как «CSV UTF-8», а не как «CSV (Macintosh)»; строки кончаются на LF или CR LF

# there is a NUL byte in the file
m-1b05dcb1 = в файле есть нулевой байт

# the file is damaged or is not a text file: save it again as “CSV UTF-8”
m-4f5d2294 = файл повреждён или это не текст: сохраните его заново как «CSV UTF-8»

# there is a control character in the file
m-2a06a3e0 = в файле есть управляющий знак

# delete it; most programs do not show it, so type the field again
m-abd9bc93 = удалите его; большинство программ его не показывает, поэтому наберите поле заново

# there is a byte order mark inside the file
m-e7ad5264 = внутри файла есть метка порядка байтов

# two files were joined: delete the invisible character
m-858646c6 = соединили два файла: удалите невидимый знак

# there is a replacement character: a letter was lost when the file was saved
m-dd722e08 = есть знак замены: при сохранении файла потеряна буква

# open the original again, and save it as “CSV UTF-8”
m-33263713 = откройте исходный файл и сохраните его как «CSV UTF-8»

# a quotation mark is opened and never closed
m-73d13fc3 = кавычка открыта и не закрыта

# close it, or double every quotation mark that belongs to the text
m-45b550d0 = закройте её или удвойте каждую кавычку, которая принадлежит тексту

# there is text after a closing quotation mark
m-8ef17b63 = после закрывающей кавычки есть текст

# put the whole field in quotation marks and double those inside it
m-a4844bcd = возьмите в кавычки всё поле и удвойте кавычки внутри

# a quotation mark is opened here, and the rows below become part of the field
m-661fd8d2 = здесь открыта кавычка, и строки ниже становятся частью поля

# close it at the end of the field: otherwise everything up to the next mark is read as one text
m-0c648c5a = закройте её в конце поля: иначе всё до следующей кавычки читается как один текст

## src/data/field.rs

# {more} more problems in this file are not shown
m-9b6992dc = ещё { $more } { $more ->
        [one] ошибка
        [few] ошибки
       *[other] ошибок
    } этого файла не { $more ->
        [one] показана
        [few] показаны
       *[other] показаны
    }

# column `{name}` has no value here, but one is required
m-a0ef93d8 = в столбце `{ $name }` здесь нет значения, а оно обязательно

# `{said}` in column `{name}` is {reason}
m-3047d78e = `{ $said }` в столбце `{ $name }` — { $reason }

# `{said}` in column `{name}` is not a day
m-66e0ce0e = `{ $said }` в столбце `{ $name }` — не день

# write year, month and day, for example 2025-08-11
m-a9d4f316 = напишите год, месяц и день, например 2025-08-11

# write the unit of the printed figure: 1 for an exact count, 100 for 67.2 thousand, 0.1 for 20.6 per cent
m-a7760fe8 = напишите единицу напечатанного значения: 1 для точного числа, 100 для 67,2 тысячи, 0.1 для 20,6 процента

# write the figure; if the source says that there is none, delete the row or list its sign under `missingValues`
m-9d33f9e8 = впишите значение; если источник говорит, что его нет, удалите строку или перечислите его знак в `missingValues`

# write a key of `{register}`
m-51583dae = напишите ключ из `{ $register }`

# write one of `{members}`
m-9328c6dc = напишите одно из `{ $members }`

# `{said}` in column `{name}` has more digits than can be kept exactly
m-4b88b1eb = в `{ $said }` в столбце `{ $name }` больше цифр, чем можно хранить точно

# whole numbers are exact up to {value}
m-26119830 = целые числа точны до { $value }

# write it in thousands or millions, with its unit, and note how it was printed
m-dfc403f8 = запишите его в тысячах или миллионах, с единицей, и отметьте, как оно было напечатано

# `{said}` in column `{name}` is not a finite number
m-5e2c881c = `{ $said }` в столбце `{ $name }` — не конечное число

# delete the row if there is no figure
m-655690d3 = удалите строку, если значения нет

# `{said}` in column `{name}` is not a plain number
m-3cfac991 = `{ $said }` в столбце `{ $name }` — не простое число

# a number consists of digits and a decimal sign, with a hyphen before a negative number
m-8c9b158b = число состоит из цифр и десятичного знака, перед отрицательным — дефис

# `{said}` in column `{name}` is not a number
m-d34b0465 = `{ $said }` в столбце `{ $name }` — не число

# write a number and put words into the note, or list `{said}` under `missingValues` if it means that there is no figure
m-107b7c44 = запишите число, а слова — в примечание, или перечислите `{ $said }` в `missingValues`, если это значит, что значения нет

# write a number and put words into the note; if there is no figure, delete the row
m-7f5c71c1 = запишите число, а слова — в примечание; если значения нет, удалите строку

# `{said}` in column `{name}` is not a whole number
m-e348e2a0 = `{ $said }` в столбце `{ $name }` — не целое число

# `{said}` in column `{name}` is not a unit of rounding
m-1d4e8035 = `{ $said }` в столбце `{ $name }` — не единица округления

# `{said}` is not a usual unit of rounding
m-f1c2d94d = `{ $said }` — необычная единица округления

# a unit of rounding is a power of ten, or 2, 2.5 or 5 times a power of ten
m-e9e4ceb9 = единица округления — степень десяти или 2, 2,5 либо 5, умноженное на степень десяти

# `{said}` in column `{name}` is below the minimum, {minimum}
m-4e5b3e0e = `{ $said }` в столбце `{ $name }` меньше минимума, { $minimum }

# a balance may be negative, a count may not: check the sign or the column
m-bf0b82ed = сальдо может быть отрицательным, число людей — нет: проверьте знак или столбец

# `{said}` in column `{name}` is above the maximum, {maximum}
m-379624e2 = `{ $said }` в столбце `{ $name }` больше максимума, { $maximum }

# `{said}` is not one of the values of column `{name}`
m-c0103c9b = `{ $said }` нет среди значений столбца `{ $name }`

# `{said}` in column `{name}` is not in `{file}`
m-2c885e2c = `{ $said }` из столбца `{ $name }` нет в `{ $file }`

# or add a row for `{said}` to `{file}`
m-f562b319 = или добавьте строку для `{ $said }` в `{ $file }`

# `{said}` in column `{name}` does not match the pattern of the column
m-28456f02 = `{ $said }` в столбце `{ $name }` не подходит под образец столбца

# the pattern is `{written}`
m-a8831157 = образец — `{ $written }`

# write the first and the last month of a flow, for example 2025-01..2025-06, or the day of a stock, for example 2025-07-01
m-fbadfa29 = напишите первый и последний месяц потока, например 2025-01..2025-06, или день запаса, например 2025-07-01

# write it as `{turned}`, if the ends were swapped
m-63212124 = напишите `{ $turned }`, если концы переставлены

# a period that ends before it starts
m-170e0b1d = период, который кончается раньше, чем начинается

# not a period
m-cf50dc26 = не период

# write it as `{period}`
m-8ee0fee8 = напишите как `{ $period }`

# neither a period nor a day
m-9e66cf56 = не период и не день

## src/data/load.rs

# `{written}` is outside the data folder
m-20d233a2 = `{ $written }` — вне папки данных

# a project must stay complete when its folder is copied
m-6a67e0e0 = проект должен остаться целым, если скопировать его папку

# put the file into the data folder and name it from there
m-c88a671f = положите файл в папку данных и назовите его оттуда

# there is no file `{written}`
m-573c102d = нет файла `{ $written }`

# add the file, or delete the resource from the package
m-3c278c19 = добавьте файл или удалите ресурс из пакета

# the file was changed after it was described, or it is another file
m-a2f65485 = файл изменили после того, как описали, или это другой файл

# if the file is the right one, write `"{property}": {instead}`
m-623f9662 = если файл верный, напишите `"{ $property }": { $instead }`

# `{path}` has {length} bytes, but the package says {said}
m-8c81d8ac = в `{ $path }` { $length } { $length ->
        [one] байт
        [few] байта
       *[other] байтов
    }, а пакет говорит { $said }

# `{path}` has another {name} than the package says
m-942ab742 = { $name } у `{ $path }` не тот, что в пакете

# the `hash` of `{path}` cannot be compared with the file
m-04dd41ea = `hash` файла `{ $path }` нельзя сравнить с файлом

# a checksum that is ignored would look as if it had been checked
m-fdd90442 = контрольная сумма, на которую не смотрят, выглядела бы проверенной

# the file is missing
m-c6a3d3a2 = файла нет

# a data folder needs a `datapackage.json`; name the folder that has one with `--data DIR`
m-c60b4e47 = папке данных нужен `datapackage.json`; назовите папку, где он есть: `--data DIR`

# the file cannot be read: {error}
m-aeabe7f0 = файл не читается: { $error }

# the file cannot be read: {kind}
m-142f369e = файл не читается: { $kind }

# the file is larger than 4 GiB
m-48b3899a = файл больше 4 ГиБ

# the file is not UTF-8 but UTF-16
m-cae78e33 = файл не в UTF-8, а в UTF-16

# save it as “CSV UTF-8”, not as “Unicode text”
m-ad4b49c4 = сохраните его как «CSV UTF-8», а не как «Текст Юникод»

# the file is not UTF-8: byte {at}, on line {line}
m-11d0220b = файл не в UTF-8: байт { $at }, строка { $line }

# the byte there is 0x{at}
m-6a41134f = там байт 0x{ $at }

# save it as “CSV UTF-8” in the spreadsheet program
m-53a4021e = сохраните его в программе электронных таблиц как «CSV UTF-8»

## src/data/number.rs

# the package says that this column has `{decimal}` before the decimals and `{group}` between thousands
m-93452921 = пакет говорит, что в этом столбце `{ $decimal }` перед дробной частью и `{ $group }` между тысячами

# the package says that this column has `{decimal}` before the decimals and nothing between thousands
m-6136b561 = пакет говорит, что в этом столбце `{ $decimal }` перед дробной частью и ничего между тысячами

# write it as `-{read}`, if the brackets mean a negative number
m-ec0c8d13 = напишите как `-{ $read }`, если скобки означают отрицательное число

# write it as `{read}`; the column of the unit says `percent`
m-e34d6570 = напишите как `{ $read }`; `percent` говорит столбец единицы

# write it as `{one}`
m-e7ebe865 = напишите как `{ $one }`

# it can be read in two ways, and only the source shows which is right: write it as `{one}` or as `{other}`
m-f649e24f = это можно прочесть двояко, и как верно, показывает только источник: напишите как `{ $one }` или как `{ $other }`

## src/data/observations.rs

# `{name}` `{member}` is a count but negative
m-f138c47e = `{ $name }` `{ $member }` — количество, но отрицательное

# only a balance may be negative: check the sign or the column
m-051d1763 = отрицательным может быть только сальдо: проверьте знак или столбец

# `{value}` counts something but is not a whole number
m-282deb81 = `{ $value }` что-то считает, но это не целое число

# persons are whole; a full stop between thousands looks like this
m-d772fe1b = люди — целые; так выглядит точка между тысячами

# write the whole number, for example 12345 if 12.345 means thousands
m-c03d0d0a = напишите целое число, например 12345, если 12.345 — это тысячи

# a count is not rounded to `{step}`
m-c28b7474 = количество не округляют до `{ $step }`

# write 1 for an exact count
m-79a487db = для точного числа напишите 1

# `{value}` is not rounded to `{step}`
m-e9cd6779 = `{ $value }` не округлено до `{ $step }`

# a rounded value is a multiple of its unit of rounding
m-91e4b81d = округлённое значение кратно своей единице округления

# write the value as printed, or the unit to which it was rounded
m-27ade4d9 = напишите значение как напечатано или единицу, до которой оно округлено

# this figure appears twice under the same key
m-8f1ceec1 = это значение стоит дважды под одним ключом

# the key is the time, the dimensions, the vintage and the source
m-b94068b3 = ключ — это время, измерения, выпуск и источник

# delete one of the two rows, or name the other release or source
m-a85c947f = удалите одну из двух строк или назовите другой выпуск или источник

# `{value}` is exact, but has the qualifier `{qualifier}`
m-991ebb9f = `{ $value }` точное, но с оговоркой `{ $qualifier }`

# a number that is “about” or “more than” something is rounded to more than 1
m-3102fd09 = число «около» или «более» чего-то округлено грубее, чем до 1

# delete the qualifier, or set `rounded_to` to the rounding of the page
m-0facd61e = удалите оговорку или запишите в `rounded_to` округление страницы

# there is no unit `{unit}`
m-3b28f9e2 = нет единицы `{ $unit }`

# the unit must be known before figures can be added
m-6cae3ed4 = единицу нужно знать, прежде чем складывать значения

# or list `{unit}` in the `enum` of the column in datapackage.json
m-ba368958 = или добавьте `{ $unit }` в `enum` столбца в datapackage.json

# {more} more rows have it
m-7c076a5f = то же ещё в { $more } { $more ->
        [one] строке
        [few] строках
       *[other] строках
    }

# `{said}` and `{other}` cannot be told apart
m-d0fd88e4 = `{ $said }` и `{ $other }` не различить

# the other one
m-138aff7a = другое

# write both in the same way
m-3ae806b2 = напишите оба одинаково

# the same figure is given in `{unit}` and in `{unit_2}`
m-41ff4d7b = одно и то же значение дано в `{ $unit }` и в `{ $unit_2 }`

# write both in the same unit and note how it was printed
m-5f554918 = запишите оба в одной единице и отметьте, как было напечатано

## src/data/outlier.rs

# {key} ({table}, {time}) {turned} its year
m-a2b31d41 = { $key } ({ $table }, { $time }) { $turned } своего года

# moves against the earlier months of
m-a586e59d = движется против прежних месяцев

# moves much faster than the earlier months of
m-5685f101 = движется намного быстрее прежних месяцев

# {now} by then
m-bfd894a1 = { $now } к тому времени

# {then} in {time}
m-d3319972 = { $then } в { $time }

# check the sign, and whether two regions were swapped
m-79cf884d = проверьте знак и не переставлены ли два региона

## src/data/package/check.rs

# there is a second resource with the role `{word}`
m-66aec0db = есть второй ресурс с ролью `{ $word }`

# no resource has the role `{word}`
m-01d35b6d = ни у одного ресурса нет роли `{ $word }`

# describe `{word}.csv` with `"kosh": {{"role": "{word}"}}`
m-d7f4354f = опишите `{ $word }.csv` с `"kosh": {"{"}"role": "{ $word }"{"}"}`

# `{name}` is not a table of observations, so a recipe cannot read it
m-5f066001 = `{ $name }` — не таблица наблюдений, поэтому рецепт не может её читать

# the resource `{name}` has no `path` or no `schema`
m-6a0bbf54 = у ресурса `{ $name }` нет `path` или нет `schema`

# the field `{column}` of `{name}` is described twice
m-7234fc19 = поле `{ $column }` ресурса `{ $name }` описано дважды

# the primary key of `{name}` names a field that does not exist: `{key}`
m-73755205 = первичный ключ `{ $name }` называет поле, которого нет: `{ $key }`

# `{name}` has no numbers, so it cannot have bounds
m-4629c6da = в `{ $name }` нет чисел, поэтому у него не может быть границ

# `unique` of `{name}` is not checked in observations
m-6b06b68a = `unique` у `{ $name }` в наблюдениях не проверяется

# the primary key defines what must be unique
m-a7eb1876 = что должно быть единственным, определяет первичный ключ

# the pattern of `{name}` is not a regular expression
m-d44ef59a = образец `{ $name }` — не регулярное выражение

# `{member}` and `{other}` cannot be told apart
m-cd674fc9 = `{ $member }` и `{ $other }` не различить

# the numbers of `{field}` can only be written with a full stop
m-95422a7d = числа в `{ $field }` можно писать только с точкой

# `decimalChar` and `groupChar` are only used in columns of numbers of a table of observations
m-c773c14a = `decimalChar` и `groupChar` используются только в числовых столбцах таблицы наблюдений

# `{field}` has the same sign for decimals and thousands
m-0417b334 = у `{ $field }` один знак для дробей и для тысяч

# a foreign key of `{name}` must have exactly one field
m-79a4fdf6 = во внешнем ключе `{ $name }` должно быть ровно одно поле

# a foreign key of `{name}` names a field that does not exist: `{column}`
m-2854aed0 = внешний ключ `{ $name }` называет поле, которого нет: `{ $column }`

# the foreign key `{column}` does not point to the key of `{target}`
m-730ad12a = внешний ключ `{ $column }` указывает не на ключ `{ $target }`

# the key of `{target}` is `{own}`
m-ede4e78d = ключ `{ $target }` — `{ $own }`

# the foreign key `{column}` does not point to a register: `{target}`
m-4e17d0ab = внешний ключ `{ $column }` указывает не на реестр: `{ $target }`

# the register `{name}` needs a primary key of one field
m-16415f8c = реестру `{ $name }` нужен первичный ключ из одного поля

# `{name_2}` of the register `{name}` can only be an attribute
m-40191569 = `{ $name_2 }` реестра `{ $name }` может быть только атрибутом

# `{name}` needs a field `{needed}`
m-60665cbd = ресурсу `{ $name }` нужно поле `{ $needed }`

# no field of `{name}` has the role `{word}`
m-9aed3a81 = ни у одного поля `{ $name }` нет роли `{ $word }`

# add `"kosh": {{"role": "{word}"}}` to the field with this role
m-f2ea834f = добавьте `"kosh": {"{"}"role": "{ $word }"{"}"}` к полю с этой ролью

# a second field of `{name}` has the role `{word}`
m-7e0b19af = у второго поля `{ $name }` роль `{ $word }`

# cannot be
m-4d4a2ea3 = не может быть

# must be
m-ed1329f1 = должно быть

# `{name_2}` {which} part of the primary key of `{name}`
m-91766b46 = `{ $name_2 }` { $which } частью первичного ключа `{ $name }`

# `non-negative` of `{name}` names a dimension that does not exist: `{dimension}`
m-71bafa67 = `non-negative` у `{ $name }` называет измерение, которого нет: `{ $dimension }`

## src/data/package/properties.rs

# `dialect` is ignored for a resource with a recipe
m-77391880 = у ресурса с рецептом `dialect` не действует

# describe under `[file]` of the recipe how the file is split
m-d170a67b = как разделён файл, опишите в `[file]` рецепта

# `{property}` of {level} has a value that kosh does not support
m-98c26bb0 = у `{ $property }` ({ $level }) значение, которого kosh не поддерживает

# `{property}` of {level} is not supported, and ignoring it would change what is read
m-72d478ec = `{ $property }` ({ $level }) не поддерживается, а без него прочиталось бы другое

# `{property}` is not a property of {level}
m-8b968c5c = `{ $property }` — не свойство: { $level }

# did you mean `{meant}`?
m-be0f66f4 = возможно, имелось в виду `{ $meant }`?

# `{property}` is outside of `constraints`, where it has no effect
m-d8bf5900 = `{ $property }` стоит вне `constraints`, где не действует

# write `"constraints": {{"{property}": …}}` in the field
m-0007d79b = напишите в поле `"constraints": {"{"}"{ $property }": …{"}"}`

# `{property}` is a property of {other}, not of {level}
m-8e0f033f = `{ $property }` — свойство другого уровня: { $other }, а не { $level }

# move it there, or delete it
m-e2138c4a = перенесите его туда или удалите

# write one of `{known}`, or delete it
m-a9dee4f5 = напишите одно из `{ $known }` или удалите

# only {known} is supported
m-b16a7a9a = поддерживается только { $known }

# save the file as CSV UTF-8 and write `utf-8`
m-db74c3fb = сохраните файл как CSV UTF-8 и напишите `utf-8`

# join the parts into one file, or make each a resource
m-a700dc37 = соедините части в один файл или сделайте каждую ресурсом

# write the schema into `datapackage.json` itself
m-a2b61e1f = запишите схему в сам `datapackage.json`

# write the dialect into `datapackage.json` itself
m-41eff35a = запишите диалект в сам `datapackage.json`

# the separators `,`, `;`, `\t` and `|` are read
m-dafc0614 = читаются разделители `,`, `;`, `\t` и `|`

# a line that ends with LF or CR LF
m-0c0f3a47 = строка, которая кончается на LF или CR LF

# the quotation mark `"`
m-e8541dd1 = кавычка `"`

# a doubled quotation mark
m-fc3348ba = удвоенная кавычка

# a file with a header
m-88a2cac6 = файл с заголовком

# a header on the first line
m-bd31835f = заголовок в первой строке

# a header that names every field
m-8bdb9e31 = заголовок, который называет каждое поле

# delete it: a day is written 2025-08-11, and texts and numbers have no format
m-05f832b6 = удалите это: день пишется 2025-08-11, а у текстов и чисел формата нет

# a number without anything around it
m-a529e7df = число, вокруг которого ничего нет

# a full stop or a comma
m-ffc56c9c = точка или запятая

# a space, a full stop, a comma or an apostrophe
m-7605e2bf = пробел, точка, запятая или апостроф

# write the rows into a CSV file and name it in `path`
m-807b8934 = запишите строки в файл CSV и назовите его в `path`

# unpack the file
m-d7f66a2e = распакуйте файл

# save the files as CSV UTF-8
m-1c61cb3c = сохраните файлы как CSV UTF-8

# list the members in `constraints.enum`
m-1a1bcb99 = перечислите элементы в `constraints.enum`

# use `primaryKey`, or `unique` of a field of a register
m-9d838e84 = используйте `primaryKey` или `unique` поля реестра

# write its properties into `dialect` itself, as `"dialect": {{"delimiter": ";"}}`
m-1d395360 = запишите его свойства в сам `dialect`: `"dialect": {"{"}"delimiter": ";"{"}"}`

# list the sign in `missingValues`
m-9a3d39f0 = перечислите знак в `missingValues`

# put the register into this package
m-e0ed5498 = положите реестр в этот пакет

# use a `string` field with `constraints.enum`
m-b488caeb = используйте поле `string` с `constraints.enum`

# write it into each resource
m-324e42fe = запишите это в каждый ресурс

# convert the file to a supported form, and delete the property
m-2001bad3 = приведите файл к поддерживаемому виду и удалите свойство

## src/data/package.rs

# the resource `{name}` is described twice
m-d4d40916 = ресурс `{ $name }` описан дважды

# `{first}` and `{name}` are read from one file, `{path}`
m-69e2f3f4 = `{ $first }` и `{ $name }` читаются из одного файла, `{ $path }`

# each of its rows would count twice: delete one of the two resources
m-16d7f0b0 = каждая его строка учлась бы дважды: удалите один из двух ресурсов

# the data package cannot be read
m-ba472f68 = пакет данных не читается

# this word is not known
m-60d33eff = это слово неизвестно

# `datapackage.json` must be JSON, with the properties of a Frictionless data package
m-517200c8 = `datapackage.json` должен быть JSON со свойствами пакета данных Frictionless

## src/data/proposal.rs

# the list of resources was not found in the package
m-34658c78 = в пакете не найден список ресурсов

# the first line does not name every column
m-47021576 = первая строка называет не все столбцы

# this row has {number_of_fields} fields, the header {number_of_names}
m-b11ac083 = в этой строке { $number_of_fields } { $number_of_fields ->
        [one] поле
        [few] поля
       *[other] полей
    }, а в заголовке { $number_of_names }

# the file has no rows to guess from
m-742374ba = в файле нет строк, по которым можно определить столбцы

# the file has no column for `{absent}`
m-e4b7c3f3 = в файле нет столбца для `{ $absent }`

# each figure needs a time, a unit, what it is rounded to, its release and its source
m-99828140 = каждому значению нужны время, единица, до чего оно округлено, его выпуск и его источник

# add the columns to the file; name them as in another table, or by these words with `_` for `-`
m-6aaad2d7 = добавьте столбцы в файл; назовите их как в другой таблице или этими словами с `_` вместо `-`

# this is neither a table of figures nor a list of codes
m-7db0b862 = это и не таблица значений, и не список кодов

# no column is taken for the value, and the first column has a code twice or none
m-2bcf69d1 = ни один столбец не принят за значение, а в первом столбце код повторяется или отсутствует

# a table of figures needs a column `value`; a list of codes has them in its first column
m-d111019d = таблице значений нужен столбец `value`; в списке кодов коды стоят в первом столбце

# the table `{name}` is described already
m-e6c80d92 = таблица `{ $name }` уже описана

# nothing was written, since the description may say more than the file does
m-1c9016bd = ничего не записано: в описании может быть сказано больше, чем есть в файле

# change it by hand; or delete it there and run the command again
m-f749a472 = измените описание вручную или удалите его там и запустите команду ещё раз

## src/data/register.rs

# there are two columns `{name}`
m-d4173269 = есть два столбца `{ $name }`

# the schema has no column `{name}`
m-da8de4af = в схеме нет столбца `{ $name }`

# the columns are described in `datapackage.json`
m-6ce4c253 = столбцы описаны в `datapackage.json`

# there is no column `{name}`
m-bbbba3cf = нет столбца `{ $name }`

# add `{name}` to the header and a field to each row
m-122cb9f0 = добавьте `{ $name }` в заголовок и поле в каждую строку

# the first line is a note for a spreadsheet program
m-87790e6f = первая строка — пометка для программы электронных таблиц

# delete it: the first line must contain the names of the columns
m-67230b47 = удалите её: в первой строке должны быть имена столбцов

# the separator of this file is {other}, but the package says {delimiter}
m-3ee9c1a7 = разделитель этого файла — { $other }, а пакет говорит { $delimiter }

# delete `dialect` of the resource, or save the file with this separator
m-04b54948 = удалите `dialect` ресурса или сохраните файл с этим разделителем

# save it as “CSV UTF-8 (comma delimited)”
m-4fb45275 = сохраните его как «CSV UTF-8 (разделитель — запятая)»

# or write `"dialect": {{"delimiter": "{shown}"}}` into the resource, and `"decimalChar": ","` into the field `value` if it has decimal commas
m-9904c593 = или запишите `"dialect": {"{"}"delimiter": "{ $shown }"{"}"}` в ресурс, а если дробная часть после запятой — ещё и `"decimalChar": ","` в поле `value`

# this row is empty
m-f92c23a6 = эта строка пуста

# delete it: spreadsheet programs write such rows below a table
m-19d2c617 = удалите её: программы электронных таблиц пишут такие строки под таблицей

# this row has {found} fields, not {columns}
m-f90b8116 = в этой строке { $found } { $found ->
        [one] поле
        [few] поля
       *[other] полей
    }, а не { $columns }

# too many
m-0ce5291c = слишком много

# too few
m-aacdbbfb = слишком мало

# if a text contains the separator, put it into quotation marks
m-5f513367 = если в тексте есть разделитель, возьмите текст в кавычки

# an empty field still needs its separator
m-26b5260d = пустому полю тоже нужен его разделитель

# `{code}` and `{other}` cannot be told apart
m-5eaa0e64 = `{ $code }` и `{ $other }` не различить

# they differ only in case, spaces, the Unicode form, or letters that look alike
m-91e9f4c9 = они различаются только регистром, пробелами, формой Юникода или похожими буквами

# write both in one way, or give one of them another code
m-e6360e98 = напишите оба одинаково или дайте одному другой код

# `{text}` appears twice in column `{name}`
m-89c7de0a = `{ $text }` стоит в столбце `{ $name }` дважды

# delete one of the two rows, or give it another key
m-e2b3497c = удалите одну из двух строк или дайте ей другой ключ

# nothing is read from this file: otherwise rows could be lost or joined
m-401a6d2f = из этого файла ничего не прочитано: иначе строки могли бы потеряться или слиться

# the file is empty: it has no header
m-0960c93c = файл пуст: в нём нет заголовка

# its first line must contain the names of the columns
m-ce896f24 = в его первой строке должны быть имена столбцов

## src/data/resolve.rs

# the table `{name_2}` has no dimension `{name}`
m-42cf06d4 = в таблице `{ $name_2 }` нет измерения `{ $name }`

# the dimension `{name}` of `{name_2}` has no member `{member}`
m-2592cb85 = в измерении `{ $name }` таблицы `{ $name_2 }` нет элемента `{ $member }`

## src/data/sheets.rs

# there is no recipe `{name}`
m-4957a2df = нет рецепта `{ $name }`

# put it into `recipes/` of the data folder, as `NAME.toml`
m-d0d94e64 = положите его в `recipes/` папки данных как `NAME.toml`

# the recipe `{name}` is for the table `{table}`
m-a48857dd = рецепт `{ $name }` — для таблицы `{ $table }`

# named for another table here
m-e4d71e18 = здесь назван для другой таблицы

# write `table = "{name}"`, or name another recipe
m-5fd782f9 = напишите `table = "{ $name }"` или назовите другой рецепт

# the recipe does not say in which unit its figures are
m-4b1735f8 = рецепт не говорит, в каких единицах его значения

# write `unit` under `[values]`
m-f4705f1e = напишите `unit` в `[values]`

# the recipe does not say to which {what} its figures belong
m-2eff7e4b = рецепт не говорит, к чему относятся его значения: { $what }

# a table that is a workbook gets this from its recipe only
m-a5a1ca87 = таблица, которая читается из книги, берёт это только из своего рецепта

# write `{key}` under `{section}`; `{{period}}` is replaced by the latest period
m-ba07f488 = напишите `{ $key }` в `{ $section }`; `{"{"}period{"}"}` заменяется последним периодом

## src/data/survey.rs

# the figure of {time} listed here does not contradict any other
m-33a121fc = перечисленное здесь значение за { $time } ничему не противоречит

# listed because: {reason}
m-ecbb3422 = перечислено, потому что: { $reason }

# remove it from `as-printed`, or it may hide a later mistake
m-aa6d7eeb = удалите его из `as-printed`: оно может скрыть будущую ошибку

## src/diag/draw.rs

# error
m-21918751 = ошибка

# warning
m-792112ef = предупреждение

# in: {place}
m-939fac1b = где: { $place }

# in: {place} ({text})
m-a87f0865 = где: { $place } ({ $text })

# why
m-18f40e39 = почему

# hint
m-4bc809b8 = что делать

## src/diag/nearest.rs

# use one of {names}
m-30eea67f = используйте одно из { $names }

# use one of {names}, and {more} more
m-9db00108 = используйте одно из { $names } и ещё { $more }

## src/diag/toml.rs

# unknown key `{written}`
m-5b3a0693 = неизвестный ключ `{ $written }`

# unknown value `{written}`
m-23f5f211 = неизвестное значение `{ $written }`

## src/document/bibliography/mod.rs

# the bibliography cannot be read: {message}
m-3550cde5 = список литературы не читается: { $message }

# see the hayagriva format: a key, and under it `type`, `title`, `author`, `date` …
m-5f68522d = см. формат hayagriva: ключ, а под ним `type`, `title`, `author`, `date` …

## src/document/bibliography/style.rs

# there is no macro `{name}`
m-529be659 = нет макроса `{ $name }`

# correct the style; the styles of the official CSL collection have no such errors
m-0ad1aff9 = исправьте стиль; в стилях официального собрания CSL таких ошибок нет

# elements of the style are nested more than {depth} deep
m-43cfc069 = элементы стиля вложены глубже, чем на { $depth }

# the macro `{name}` calls itself
m-b6ef3991 = макрос `{ $name }` вызывает сам себя

## src/document/bibliography/titles.rs

# its columns must be `{heads}`
m-15e24b09 = его столбцы должны быть `{ $heads }`

# the title is for `{key}`, which is not a source
m-fc54cd22 = название дано для `{ $key }`, а это не источник

# a key is the key of a row of `sources.csv` or of an entry of `references.yaml`
m-36da0865 = ключ — это ключ строки `sources.csv` или записи `references.yaml`

# a row lacks the language or the title
m-070e727f = в строке нет языка или названия

# `{key}` has two titles in `{lang}`
m-80a3b2a6 = у `{ $key }` два названия на `{ $lang }`

# the titles of sources cannot be read: {said}
m-058bb943 = названия источников не читаются: { $said }

# write a table with the columns `key,lang,title`: the key of a source, a language, and the title in it
m-6503d2ac = напишите таблицу со столбцами `key,lang,title`: ключ источника, язык и название на нём

## src/exhibits/fitness.rs

# name an indicator with one value: without `by`
m-cc54e5e4 = назовите показатель с одним значением: без `by`

# name an indicator with `by`, or one with `members`
m-a2e42aff = назовите показатель с `by` или с `members`

# name an indicator with `years`
m-f14cf53e = назовите показатель с `years`

# name an indicator with `by` and `across`, or one with `quarters`
m-1011e16b = назовите показатель с `by` и `across` или с `quarters`

# name an indicator with `by` and `across` over one register
m-5d20169a = назовите показатель с `by` и `across` по одному реестру

# {what} shows `{id}`, which is {fact}, not {shape}
m-fe308def = { $what } показывает `{ $id }`, а это { $fact }, не { $shape }

# {what} compares `{first}` with `{id}`, which has other members
m-3029c770 = { $what } сравнивает `{ $first }` с `{ $id }`, а у него другие элементы

# name series with the same members: with the same `by` and `kinds`
m-b86fb783 = назовите ряды с одними и теми же элементами: с одинаковыми `by` и `kinds`

# {what} draws `{id}` to both sides of zero, but it is not a balance
m-4e2a160a = { $what } рисует `{ $id }` по обе стороны от нуля, но это не сальдо

# a count has no losses, but readers would take its shorter bars for losses
m-d79e3ff3 = у количества нет убыли, но более короткие столбики читатели примут за неё

# name a balance, or set `signed = true` for the indicator if it is one
m-3af9e48e = назовите сальдо или, если показатель — сальдо, задайте ему `signed = true`

# {what} draws `{id}` as bars without a sign, but it is a balance
m-4ba0d5e4 = { $what } рисует `{ $id }` столбиками без знака, но это сальдо

# {what} draws `{id}` as bars without a sign, but `{code}` is negative
m-84ce3956 = { $what } рисует `{ $id }` столбиками без знака, но значение `{ $code }` отрицательно

# bars of counts have one direction, in which a loss would look like a gain
m-8878557c = столбики количеств идут в одну сторону, и убыль выглядела бы как прирост

# draw a balance with `form = "diverging-bars"`, or over years with `form = "columns"`
m-92992800 = рисуйте сальдо с `form = "diverging-bars"`, а по годам — с `form = "columns"`

# {what} draws lines from `{since}`, of {time}, to `{of}`, of {time_2}
m-e4747b52 = { $what } проводит линии от `{ $since }` ({ $time }) к `{ $of }` ({ $time_2 })

# a slope compares two times, the earlier one at the left
m-c43acd4f = рисунок `slope` сравнивает два момента, более ранний — слева

# name an earlier series in `since`, or leave it out for the year before
m-593bfdee = назовите в `since` более ранний ряд или уберите `since`: тогда берётся прошлый год

# {what} names no `whole` for its parts
m-1a8bec40 = { $what } не называет `whole` для своих частей

# shares of the sum of some parts would be taken for shares of the whole
m-d6f71a7e = доли от суммы некоторых частей приняли бы за доли целого

# add `whole = "…"`: the series that the parts make up
m-5d691451 = добавьте `whole = "…"`: ряд, который составляют части

# {what} has parts of `{code}` that add up to {sum}, not to {of_whole}
m-32738dfb = { $what }: части `{ $code }` дают в сумме { $sum }, а не { $of_whole }

# a bar of 100 % shows all parts, each once
m-5b0ea269 = столбик в 100 % показывает все части, каждую один раз

# name all parts and no total among them, or correct the rows
m-a5fb9fa4 = назовите все части и ни одного итога среди них или исправьте строки

# {what} has one scale for `{id}`, in {unit}, and `{id_2}`, in {unit_2}
m-cd2bb037 = в { $what } одна шкала для `{ $id }`, в { $unit }, и для `{ $id_2 }`, в { $unit_2 }

# name series with the same unit
m-58c57e16 = назовите ряды с одной единицей

# {what} shows `{id}`, but the register `{register}` has no tile for any member
m-c842b816 = { $what } показывает `{ $id }`, но в реестре `{ $register }` ни у одного элемента нет плитки

# add the columns `tile_col` and `tile_row` to the register
m-aafb606c = добавьте в реестр столбцы `tile_col` и `tile_row`

# {what} shows `{a}` less `{b}`, but the balance is `{b}` less `{a}`
m-cd3901d3 = { $what } показывает `{ $a }` минус `{ $b }`, а сальдо — это `{ $b }` минус `{ $a }`

# exchange the two: `net = ["{b}", "{a}"]`
m-fa318b1e = поменяйте их местами: `net = ["{ $b }", "{ $a }"]`

## src/exhibits/forms.rs

# `{id}` draws `{code}`, which is not a member of `{of}`
m-86ce07d3 = `{ $id }` рисует `{ $code }`, а это не элемент `{ $of }`

# `{id}` has a break before `{year}`, which is not a year
m-21805d92 = у `{ $id }` разрыв перед `{ $year }`, а это не год

# write the first year of the new series, for example `2022`
m-375c9f62 = напишите первый год нового ряда, например `2022`

## src/exhibits/names.rs

# `{id}` has no row `{total}`, which should be set off as the total
m-ec96b446 = в `{ $id }` нет строки `{ $total }`, которую нужно выделить как итог

# `{id}` lists `{name}`, which is not a register
m-a5300642 = `{ $id }` перечисляет `{ $name }`, а это не реестр

# `{id}` lists the kind `{kind}`, which no entry of `{name}` has
m-9aee2356 = `{ $id }` перечисляет вид `{ $kind }`, которого нет ни у одной записи `{ $name }`

## src/exhibits/written.rs

# there is no column `{part}`
m-80719c3d = нет столбца `{ $part }`

# this is not a column: {error}
m-dea1343d = это не столбец: { $error }

# a column is a part of an indicator, for example `"value"`, or `{{ series = "X" }}`, `{{ net = ["X", "Y"] }}`, `{{ change = "X" }}`
m-7ca4403a = столбец — это часть показателя, например `"value"`, или `{"{"} series = "X" {"}"}`, `{"{"} net = ["X", "Y"] {"}"}`, `{"{"} change = "X" {"}"}`

# `{id}` is the id of a figure and of a table
m-f97cf3ef = `{ $id }` — идентификатор и рисунка, и таблицы

# the figure
m-a0612834 = рисунок

# a reference to it would be ambiguous
m-e8fdaedb = ссылка на него была бы двусмысленной

# give the table another id
m-575c0339 = дайте таблице другой идентификатор

# table `{id}` needs one of `{value}`
m-f197af31 = таблице `{ $id }` нужно одно из `{ $value }`

# `indicators = ["X1"]` makes a row for each; `members = ["I4"]` a row for each region
m-e5da39f6 = `indicators = ["X1"]` делает строку для каждого, `members = ["I4"]` — строку для каждого региона

# `{name}` cannot be the id of a {kind}
m-dd757406 = `{ $name }` не может быть идентификатором: { $kind }

# files of the release are named after it
m-f14b69ff = по нему называются файлы выпуска

# begin with a letter, then use letters, digits, `_` and `-`; names of devices such as `con` or `nul` are reserved
m-e267751d = начните с буквы, дальше — буквы, цифры, `_` и `-`; имена устройств вроде `con` или `nul` заняты

# `{other}` and `{name}` are the same {kind} on many disks
m-79d58d5e = `{ $other }` и `{ $name }` — на многих дисках одно и то же: { $kind }

# the other
m-6b588456 = другой

# they differ only in upper and lower case, and files are named after them
m-6b03cc0f = они различаются только прописными и строчными буквами, а по ним называются файлы

# give one of them another id
m-8fb25beb = дайте одному из них другой идентификатор

# {what} `{id}` shows nothing: {why}
m-3041be03 = { $what } `{ $id }` ничего не показывает: { $why }

# name what it shows, or delete it
m-35be9bd2 = назовите, что он показывает, или удалите его

# {what} `{id}` shows {name} twice
m-e38957d7 = { $what } `{ $id }` показывает { $name } дважды

# readers would take the same data under two heads for two different things
m-48c03154 = одни и те же данные под двумя заголовками читатели приняли бы за разное

# what its column {at} has
m-eb23f320 = то, что в столбце { $at }

# parts of an indicator, as `"value"`
m-b4d34211 = части показателя: `"value"`

# series, as `{{ series = "X1_by" }}`
m-90a7ff81 = ряды: `{"{"} series = "X1_by" {"}"}`

# columns about an entry, as `"title"`
m-8c2929ca = столбцы о записи: `"title"`

# columns about a revision, as `"then"`
m-00eba122 = столбцы о пересмотре: `"then"`

# none: a matrix defines its own columns
m-6a094bb4 = никаких: столбцы матрицы определяет она сама

# column {index} of table `{id}` does not fit its rows
m-30a1642d = столбец { $index } таблицы `{ $id }` не подходит к её строкам

# these rows can have the columns {wanted}
m-86908a6c = у этих строк могут быть столбцы: { $wanted }

# `{id}` shows `{fact}`, which is not an indicator
m-f7f33024 = `{ $id }` показывает `{ $fact }`, а это не показатель

## src/export/xlsx/mod.rs

# the workbook cannot be made: {error}
m-d5c4d481 = книгу не удаётся сделать: { $error }

# a cell of a workbook can contain at most 32,767 characters
m-c1bf0ec9 = в ячейке книги может быть не больше 32 767 знаков

# shorten the phrase, title or name that is too long
m-39ae11c1 = сократите слишком длинную фразу, заголовок или название

## src/files/editor.rs

# write {names}, `{none}`, or an address with {{path}} and {{line}}
m-42359bd4 = напишите { $names }, `{ $none }` или адрес с {"{"}path{"}"} и {"{"}line{"}"}

# `{written}` is not an editor: {known}
m-ba25bd70 = `{ $written }` — не редактор: { $known }

# `{written}` is not the address of an editor: {known}
m-a280b0a2 = `{ $written }` — не адрес редактора: { $known }

# `{written}` names no file: {known}
m-5db8c05a = `{ $written }` не называет файл: { $known }

## src/files/mod.rs

# `{name}` cannot be read: {error}
m-ab0f93c8 = `{ $name }` не читается: { $error }

# `{name}` is not UTF-8 text
m-3fea63f6 = `{ $name }` — не текст в UTF-8

# byte {at_byte} is not part of a character
m-fed7b3f8 = байт { $at_byte } не входит ни в какой знак

# save the file as UTF-8
m-6f385045 = сохраните файл в UTF-8

## src/import/expected.rs

# there is no workbook for testing the recipe `{name}`
m-d5ac79f3 = нет книги, чтобы проверить рецепт `{ $name }`

# put one next to the recipe, as `{name}.xlsx`, or name it with `workbook` under `[test]`
m-033135b6 = положите её рядом с рецептом как `{ $name }.xlsx` или назовите в `workbook` раздела `[test]`

# there are no expected rows
m-d90c2f9b = ожидаемых строк нет

# check what the recipe reads, then save it as the expected rows with `kosh recipe test --bless`
m-cc2c09b2 = проверьте, что читает рецепт, и сохраните это как ожидаемые строки: `kosh recipe test --bless`

# the recipe does not give the expected rows
m-5ede32e5 = рецепт даёт не те строки, что ожидались

# {number_of_gone} expected rows are missing, {number_of_come} rows are unexpected
m-89c36ab5 = ожидаемых строк нет: { $number_of_gone }, неожиданных: { $number_of_come }

# expected: {line}
m-48189645 = ожидалась: { $line }

# found: {line}
m-95c75df7 = найдена: { $line }

# correct the recipe; or save the new rows with `--bless` if they are right
m-ed645f35 = исправьте рецепт или, если новые строки верны, сохраните их с `--bless`

## src/import/files.rs

# rows cannot be added to this file
m-9d22b0a1 = в этот файл нельзя добавить строки

# fix the problems that `kosh check` reports first
m-a440df10 = сначала исправьте то, о чём сообщает `kosh check`

## src/import/library.rs

# the recipes cannot be read: {error}
m-e7482d8d = рецепты не читаются: { $error }

# `kosh recipe list` lists them, `kosh recipe new FILE` makes a draft
m-8c7bc31f = `kosh recipe list` перечислит их, `kosh recipe new FILE` сделает черновик

# several recipes read this file
m-065fece2 = этот файл читают несколько рецептов

# they are {names}
m-a968e6d3 = это { $names }

# choose one with `--recipe`; or set under `[file]` of each recipe the names of its files
m-0e553417 = выберите один: `--recipe`; или задайте в `[file]` каждого рецепта имена его файлов

# no recipe reads this file
m-c1330f87 = этот файл не читает ни один рецепт

# the recipe `{name}` cannot be read
m-541d85fb = рецепт `{ $name }` не читается

# choose a recipe with `--recipe`: then kosh reports why it does not fit
m-70a416fa = выберите рецепт: `--recipe`; тогда kosh скажет, почему он не подходит

# or make a draft of one: `kosh recipe new FILE`
m-3fe1188c = или сделайте черновик рецепта: `kosh recipe new FILE`

## src/import/plan.rs

# `{text}` is not a period of a table
m-5298cd71 = `{ $text }` — не период таблицы

# write `read = "period"` for this dimension of the recipe
m-e78fcea3 = напишите `read = "period"` для этого измерения рецепта

# {reported} more figures are refused
m-df508152 = не { $reported ->
        [one] принято
        [few] приняты
       *[other] приняты
    } ещё { $reported } { $reported ->
        [one] значение
        [few] значения
       *[other] значений
    }

# the data have no table `{table}`
m-e6ea3537 = в данных нет таблицы `{ $table }`

# the table `{name}` is read from the workbook `{path}`
m-005eb009 = таблица `{ $name }` читается из книги `{ $path }`

# kosh does not write into a workbook: its recipe reads it at every build
m-68589a72 = kosh не пишет в книгу: её рецепт читает её при каждой сборке

# replace `{path}` by the new workbook
m-8a7348d6 = замените `{ $path }` новой книгой

# {at}: the sheet has {said}, but the release `{vintage}` already has {known}
m-107a7f23 = { $at }: на листе { $said }, а в выпуске `{ $vintage }` уже { $known }

# the existing row
m-85868121 = имеющаяся строка

# kosh never changes a row: a revision is a row of a new release
m-078813e6 = kosh никогда не меняет строку: пересмотр — это строка нового выпуска

# import the revision as a release of its own with `--vintage`; or correct the row by hand if it was mistyped
m-c804c2a8 = загрузите пересмотр как отдельный выпуск: `--vintage`; или, если в строке опечатка, исправьте её вручную

## src/import/record.rs

# the imports cannot be read: {error}
m-9d4a5a0c = загрузки не читаются: { $error }

# there is no import to undo
m-6b100bc2 = нет загрузки, которую можно отменить

# the record of import {number} cannot be read
m-f9e316d6 = запись о загрузке { $number } не читается

# delete its rows by hand, then the folder of the record
m-d0366a5e = удалите вручную её строки, затем папку записи

# `{name}` was changed after import {number}
m-a90950bd = `{ $name }` изменён после загрузки { $number }

# the lines of the import may now contain other rows
m-a747e9a0 = в строках загрузки теперь могут быть другие данные

# delete the rows by hand; the record names their lines and cells
m-2ae94888 = удалите строки вручную; их номера и ячейки названы в записи

# the data cannot be read without the rows of import {number}
m-7e27f309 = без строк загрузки { $number } данные не читаются

# other rows need its release or its source
m-e17a7045 = другим строкам нужен её выпуск или её источник

# undo their imports first, or give them another release and source
m-136add81 = сначала отмените их загрузки или дайте им другой выпуск и источник

## src/import/release.rs

# `{odd}` is not a status of a release
m-45d62e7b = `{ $odd }` — не статус выпуска

# write `express`, `final` or `secondary`
m-49a5a92f = напишите `express`, `final` или `secondary`

# the release `{key}` is already listed with another status or day
m-cbc5d0fd = выпуск `{ $key }` уже записан с другим статусом или днём

# omit `--released` and `--status`, or give the new release another key with `--vintage`
m-64a8d004 = уберите `--released` и `--status` или дайте новому выпуску другой ключ: `--vintage`

# the table of sources has no column `{name}`
m-906b3827 = в таблице источников нет столбца `{ $name }`

# the source `{key}` is already listed with another `{name}`
m-02fa77bb = источник `{ $key }` уже записан с другим `{ $name }`

# omit the option, or give the new source another key with `--source`
m-2a24324d = уберите параметр или дайте новому источнику другой ключ: `--source`

## src/indicators/checks.rs

# `{id}` for {time} would be {shown} %, but it must be between {low} and {high}
m-a373ab53 = `{ $id }` за { $time } было бы { $shown } %, а должно быть от { $low } до { $high }

# a part is not larger than its whole: `{of}` is divided by `{whole}`
m-9f003bc3 = часть не больше своего целого: `{ $of }` делится на `{ $whole }`

# it is {expr}
m-46a63c85 = это { $expr }

# `{id}` for {time} would be {shown}, but a count is not negative
m-1e388ef4 = `{ $id }` за { $time } было бы { $shown }, а количество не бывает отрицательным

# `{b}` is larger than `{a}`, although it should be a part of it
m-fa069de9 = `{ $b }` больше `{ $a }`, хотя должно быть его частью

# only a balance may be negative
m-7103e7c1 = отрицательным может быть только сальдо

# compare these rows with the published table: {rows}
m-5c13f124 = сверьте эти строки с опубликованной таблицей: { $rows }

# or set `signed = true`, if it is a balance
m-b0d711b0 = или задайте `signed = true`, если это сальдо

# computed here
m-a2279460 = вычисляется здесь

# `{dimension}` of `{table}` contains the total {whole_code} together with its parts, for example {part_code}
m-3cc11ae1 = в `{ $dimension }` таблицы `{ $table }` итог { $whole_code } стоит вместе со своими частями, например { $part_code }

# the total
m-ed723996 = итог

# a part of it
m-6553599f = его часть

# if they were counted, added up or ranked together, the parts would count twice
m-78cba9cd = если считать, складывать или упорядочивать их вместе, части учлись бы дважды

# select only the parts with `kinds`, or exclude the totals with `without`
m-cb9ee054 = выберите только части через `kinds` или исключите итоги через `without`

# {known} of {all} members of `{table}` for {time} add up to {sum}, but {code} has {value}
m-3d6a6edb = { $known } из { $all } элементов `{ $table }` за { $time } в сумме дают { $sum }, а у { $code } { $value }

# the members are read here
m-8b0f4d0f = элементы читаются здесь

# apart from rounding, the members must add up to their total
m-2f1fb10f = не считая округления, элементы должны складываться в свой итог

# some of the members cannot be more than all of them
m-2cd80500 = часть элементов не может быть больше всех вместе

# {whole} of `{table}` for {time} is exactly the sum of all others
m-cbb96ea0 = { $whole } таблицы `{ $table }` за { $time } в точности равно сумме всех остальных

# read with the others here
m-6c9884a3 = читается здесь вместе с остальными

# if it is a total, its parts would count twice
m-0ae423d6 = если это итог, его части учлись бы дважды

# if it is their total, exclude it with `without` or `kinds`
m-59a35278 = если это их итог, исключите его через `without` или `kinds`

# `{id}` for {time} is {value} in its row, but {value_2} as the difference of the totals
m-2505a69e = `{ $id }` за { $time } в своей строке { $value }, а как разность итогов — { $value_2 }

# read here
m-fb7c38f9 = читается здесь

# a quarter is the total to its end minus the total to its beginning
m-4eb9febc = квартал — это итог к его концу минус итог к его началу

# compare the row with these totals of the same status: {rows}
m-1dbf4cf0 = сверьте строку с этими итогами того же статуса: { $rows }

## src/indicators/compare.rs

# the source prints a change of {value} % for `{id}`, but its levels give {value_2} %
m-6b89f4a7 = источник печатает для `{ $id }` изменение { $value } %, а по уровням выходит { $value_2 } %

# the levels are {levels}; the brief prints the change they give
m-83f004ce = уровни: { $levels }; обзор печатает изменение, которое выходит по ним

# the base may have been revised since then, or the percentage may be misprinted: compare both releases
m-21e55a62 = базу могли с тех пор пересмотреть, или в проценте опечатка: сверьте оба выпуска

# `{id}` is {value}, but the source prints {value_2}
m-69da55f2 = `{ $id }` — { $value }, а источник печатает { $value_2 }

# it is computed as {expr} from {rested}
m-a7ce6ce7 = вычислено как { $expr } из { $rested }

# `difference = ["{b}", "{a}"]` gives the printed value: check whether the two are exchanged in indicators.toml or in the rows
m-00f71336 = `difference = ["{ $b }", "{ $a }"]` даёт напечатанное значение: проверьте, не переставлены ли они в indicators.toml или в строках

# `sum = ["{a}", "{b}"]` gives the printed value: check whether the formula is the right one
m-b9001ceb = `sum = ["{ $a }", "{ $b }"]` даёт напечатанное значение: проверьте, та ли это формула

# `difference = ["{a}", "{b}"]` gives the printed value: check whether the formula is the right one
m-cfbee399 = `difference = ["{ $a }", "{ $b }"]` даёт напечатанное значение: проверьте, та ли это формула

# `{part}` alone gives the printed value: check whether the formula is the right one
m-6eb4269e = один `{ $part }` даёт напечатанное значение: проверьте, та ли это формула

# check whether the formula is the right one; then compare the rows with the published page; a misprint stays in the data with a lower precedence
m-e1d79441 = проверьте, та ли это формула, затем сверьте строки с опубликованной страницей; опечатка остаётся в данных с более низким приоритетом

# the source may have lost the minus sign: then enter the balance with its sign and add a `note`
m-77ac5ebe = источник мог потерять минус: тогда внесите сальдо со знаком и добавьте `note`

## src/indicators/compute.rs

# `{id_2}{id}` for {time} is {a} according to `{first}`, but {b} according to `{name}`
m-8a9d6a29 = `{ $id_2 }{ $id }` за { $time } — { $a } по `{ $first }`, но { $b } по `{ $name }`

# both have the same status and differ by more than rounding; the first is printed
m-d06739d7 = статус у обоих один, а расходятся они больше чем на округление; печатается первое

# compare the rows of both with the published page
m-3e677ebc = сверьте строки обоих с опубликованной страницей

# a row of `{name}`
m-06616408 = строка `{ $name }`

# the members
m-0ad632af = элементы

# the members that the release names
m-2002c8ae = элементы, которые называет выпуск

# {which} of `{id}` for {time} add up to {value}, not to {sum}
m-f752809f = { $which } `{ $id }` за { $time } в сумме дают { $value }, а не { $sum }

# each move between members is a gain for one and a loss for another, so the balances add up to zero
m-5bec9927 = каждый переезд между элементами — прирост для одного и убыль для другого, поэтому сальдо в сумме дают ноль

## src/indicators/index.rs

# `{id}` is not an index: `{of}` is in `{unit}`
m-e9322e92 = `{ $id }` — не индекс: `{ $of }` в `{ $unit }`

# a percentage or rate is compared with its base in points
m-de2c3259 = процент или коэффициент сравнивают с базой в пунктах

# use its difference, or the index of its components
m-ca20fd66 = используйте его разность или индекс его составляющих

# in `{unit}`
m-52d417f0 = в `{ $unit }`

## src/indicators/keys.rs

# write a year to compare with the same months of it: `base = "2019"`
m-3b7d4fce = чтобы сравнивать с теми же месяцами одного года, напишите год: `base = "2019"`

# there are two rules for the members of `{of}`
m-81529c5f = для элементов `{ $of }` есть два правила

# give one of `among`, `below`, `above`
m-6e378117 = задайте одно из `among`, `below`, `above`

# the threshold for the members of `{of}` is not a number
m-1c7df0bd = порог для элементов `{ $of }` — не число

# write it as `below = 50`
m-61a96ecc = напишите как `below = 50`

## src/indicators/select.rs

# `{id}` for {period} would be {value}: the total from January is lower in the later release
m-885abb6e = `{ $id }` за { $period } было бы { $value }: в более позднем выпуске итог с января меньше

# a count cannot be negative, so the quarter is not printed; the total from January is printed
m-ef4f4a76 = количество не бывает отрицательным, поэтому квартал не печатается; печатается итог с января

# check whether the figures were revised between {rows} and {rows_2}
m-46919ea7 = проверьте, пересмотрены ли данные между { $rows } и { $rows_2 }

# {code} of `{table}` for {time} has a figure only in someone else’s account; the release does not name it
m-2c15651c = у { $code } таблицы `{ $table }` за { $time } значение есть только в чужом изложении; выпуск его не называет

# what the release names
m-f22bc961 = что называет выпуск

# the series is that of the release, so this figure is not used
m-06153bbf = ряд взят из выпуска, поэтому это значение не используется

# look the figure up in the release; if it is there, correct this declaration
m-5dab38c6 = найдите значение в выпуске; если оно там есть, исправьте это объявление

# {n} of `{table}` for {time} {open} published but missing in the data: {open_2}
m-cc159484 = { $n } таблицы `{ $table }` за { $time }: опубликовано ({ $open }), но в данных нет: { $open_2 }

# a member
m-a4179616 = элемент

# {n} members
m-878d923c = { $n } { $n ->
        [one] элемент
        [few] элемента
       *[other] элементов
    }

# until they are entered, nothing is counted, added up or ranked over these members
m-f066d05e = пока они не внесены, по этим элементам ничего не считается, не складывается и не упорядочивается

# enter their rows, or correct this declaration
m-6b6ff127 = внесите их строки или исправьте это объявление

## src/indicators/sense.rs

# `{id}` has no meaning: {why}
m-a4a5f746 = `{ $id }` не имеет смысла: { $why }

# its members add up to {sum}
m-45b6b718 = его элементы в сумме дают { $sum }

# write a number: `sum = 0`
m-c9a138e6 = напишите число: `sum = 0`

# it has no operands
m-89b6a2a7 = у него нет операндов

# name the indicators it is computed from
m-92dcd55f = назовите показатели, по которым он вычисляется

# `{part}` appears in it twice: {expr}
m-e732b6cd = `{ $part }` встречается в нём дважды: { $expr }

# name two different indicators
m-a0d4e0b1 = назовите два разных показателя

# use 100 or 1 000 as the base of the rate: `per = 1000`
m-f93f6e2a = возьмите базой коэффициента 100 или 1 000: `per = 1000`

# a rate for each {per}
m-aedb7401 = коэффициент на каждые { $per }

# a value between 1 and {most_of_a_rate} is readable
m-524651c5 = хорошо читается значение от 1 до { $most_of_a_rate }

# a rate for each {per}, {bounds}
m-42a68992 = коэффициент на каждые { $per }, { $bounds }

# an index is never negative, so it has no sign
m-9dcdfd2a = индекс не бывает отрицательным, поэтому знака у него нет

# delete `signed = true`
m-302e4a21 = удалите `signed = true`

# a rate for each {per} changes the sign of `{of}`
m-0115e326 = коэффициент на каждые { $per } меняет знак `{ $of }`

# {turned}, but `{over}` is not a balance
m-05a13f6a = { $turned }, а `{ $over }` — не сальдо

# it is the share of no member
m-8b9b65fe = это доля ни одного элемента

# write how many: `top = 3`
m-f64a7576 = напишите, скольких: `top = 3`

# `{args}` has {members} members, and the share of the largest {top} is always 100 %
m-1d8e2083 = в `{ $args }` { $members } { $members ->
        [one] элемент
        [few] элемента
       *[other] элементов
    }, и доля { $top } крупнейших всегда 100 %

# write fewer: `top = 3`
m-f117f48a = напишите меньше: `top = 3`

# it selects no member
m-9d03040a = он не выбирает ни одного элемента

# write how many: `top = 5`
m-d23b3240 = напишите, сколько: `top = 5`

# it selects no quarter
m-93ead0dc = он не выбирает ни одного квартала

# write how many: `last = 8`
m-d87ca9ca = напишите, сколько: `last = 8`

# it selects {last} quarters, but at most {most_quarters} are allowed
m-e9c0cb90 = он выбирает кварталов: { $last }, а можно не больше { $most_quarters }

# it selects no year
m-fb5080b1 = он не выбирает ни одного года

# write how many: `years = 10`
m-77b0671d = напишите, сколько: `years = 10`

# it selects {years} years, but at most {most_years} are allowed
m-636f576a = он выбирает лет: { $years }, а можно не больше { $most_years }

# the balance subtracts `{a}` and adds `{b}`
m-1a4eee93 = сальдо вычитает `{ $a }` и прибавляет `{ $b }`

# write the arrivals first: a balance is arrivals minus departures
m-d9f99635 = напишите прибытия первыми: сальдо — это прибытия минус выбытия

# `{balance}` is a balance, but the formula needs arrivals and departures
m-98bbd1db = `{ $balance }` — сальдо, а формуле нужны прибытия и выбытия

# name the two flows whose difference is the balance
m-c06d1ce0 = назовите два потока, разность которых и есть сальдо

# a balance is not a part of a whole, and has no parts
m-be42537a = сальдо — не часть целого, и частей у него нет

# use a `rate`, which may be negative
m-a6fcbf15 = используйте `rate`, который может быть отрицательным

# `{first}` and `{other}` count different people
m-5c1335bf = `{ $first }` и `{ $other }` считают разных людей

# name alternatives that count the same people, or change their `population`
m-46641a56 = назовите варианты, которые считают одних и тех же людей, или измените их `population`

# `{of}` and `{whole}` are the two sides of a balance, so neither is a part of the other
m-cea026aa = `{ $of }` и `{ $whole }` — две стороны сальдо, поэтому ни одно не часть другого

# name the whole that contains it; one flow over another is a `rate`
m-46fd05a8 = назовите целое, в которое оно входит; один поток к другому — это `rate`

# {part} is not a part of {of_whole}
m-0c01580d = { $part } — не часть { $of_whole }

# name the whole that contains it; one member over another is a `rate`
m-1238ae6a = назовите целое, в которое оно входит; один элемент к другому — это `rate`

# `{total}` contains `{part}`, which would count twice
m-ba9ef46c = в `{ $total }` уже входит `{ $part }`, он учёлся бы дважды

# add parts of one whole, none of which contains another
m-6a579b7c = складывайте части одного целого, ни одна из которых не входит в другую

# `{part}` is a balance, which may be zero or change its sign
m-4d608276 = `{ $part }` — сальдо, которое может быть нулём или сменить знак

# use its difference, or the index of its two flows
m-1dba00d1 = используйте его разность или индекс двух его потоков

# `{part}` is a plan, not a result
m-0a8df149 = `{ $part }` — план, а не результат

# use the index of the result
m-d9cdd514 = используйте индекс результата

# `{part}` is a series over years, and each year would be its own base
m-082255be = `{ $part }` — ряд по годам, и каждый год был бы базой для себя самого

# take the index of the number, and the `history` of the index
m-836259f2 = возьмите индекс числа и `history` этого индекса

# `{part}` is in `{unit}`, so it is a ratio already
m-5cd5f8de = `{ $part }` в `{ $unit }`, то есть это уже отношение

# use its difference, in points
m-0cc700a5 = используйте его разность, в пунктах

# `{id}` is not a valid {expr}: {why}
m-195a8361 = `{ $id }` — недопустимое { $expr }: { $why }

# `{dimension}` contains `{result}` together with its components, and they would be added up
m-0410040d = в `{ $dimension }` `{ $result }` стоит вместе со своими составляющими, и они сложились бы

# fix the dimension to one member with `where`
m-9ae03873 = закрепите в этом измерении один элемент через `where`

# it reads `{code}`, which the package lists under `signed`, but it is defined as a count
m-59079136 = он читает `{ $code }`, который пакет перечисляет в `signed`, а определён как количество

# add `signed = true`: then its sign is printed, and it has no percentage change
m-5c0644f2 = добавьте `signed = true`: тогда печатается знак, а изменения в процентах нет

# it reads `{code}`, which is never negative, but it is defined as a balance
m-d4dc0a92 = он читает `{ $code }`, который не бывает отрицательным, а определён как сальдо

# it reads `{plan}`, which the package lists under `announced`, but it is defined as a result
m-2f1313bf = он читает `{ $plan }`, который пакет перечисляет в `announced`, а определён как результат

# add `plan = true`: then no sentence may call it a result
m-7b6c99af = добавьте `plan = true`: тогда ни одно предложение не назовёт его результатом

## src/indicators/units.rs

# {what} of `{id}` are in different units: `{one}` and `{other}`
m-e56b10c1 = { $what } `{ $id }` — в разных единицах: `{ $one }` и `{ $other }`

# only figures of the same unit can be added, compared or divided
m-972e158a = складывать, сравнивать и делить можно только значения в одной единице

# correct the unit of the rows, or choose other operands
m-2edc9165 = исправьте единицу строк или выберите другие операнды

# `{id}` has the unit `{unit}`, but its operands are in `{unit_2}`
m-32d7d932 = у `{ $id }` единица `{ $unit }`, а его операнды — в `{ $unit_2 }`

# a unit written here does not change the unit of the rows
m-1b0ca077 = записанная здесь единица не меняет единицу строк

# delete `unit`, or correct the unit of the rows
m-85c45c65 = удалите `unit` или исправьте единицу строк

# figures of `{table}` that are read together are in different units: `{unit}` and `{own}`
m-22e0cd3a = значения `{ $table }`, которые читаются вместе, — в разных единицах: `{ $unit }` и `{ $own }`

# in `{own}`
m-9e76f7dc = в `{ $own }`

# read together here
m-22f5a901 = читаются вместе здесь

# only figures of the same unit can be listed together or added up
m-4b3a422e = в одном списке и в одной сумме могут быть только значения в одной единице

# correct the unit of the row, or select one measure with `where`
m-73a3716e = исправьте единицу строки или выберите одну величину через `where`

## src/indicators/written.rs

# begin with a letter, then use letters, digits and `_`; 64 characters at most
m-3e1a0835 = начните с буквы, дальше — буквы, цифры и `_`; не больше 64 знаков

# what a release publishes is no longer declared here
m-abf2733a = что публикует выпуск, здесь больше не объявляется

# the declaration that a source names every positive member is about one release and needs a source
m-7007dcff = объявление, что источник называет каждый положительный элемент, относится к одному выпуску и требует источника

# declare it in the coverage table of the data (`kosh handbook data`), and delete this line
m-f44c9a36 = объявите это в таблице охвата данных (`kosh handbook data`) и удалите эту строку

# `where` names `{key}`, but there is no `from` with a table
m-dc0308b4 = `where` называет `{ $key }`, но `from` с таблицей нет

# add `from = "TABLE"`
m-6087d249 = добавьте `from = "TABLE"`

# `{id}` does not say how it is computed
m-692e564d = `{ $id }` не говорит, как вычисляется

# `{id}` is computed in {number_of_names} ways: {names}
m-5d885ddc = `{ $id }` вычисляется сразу несколькими способами ({ $number_of_names }): { $names }

# use exactly one of `{all}`
m-8ffd029c = используйте ровно одно из `{ $all }`

# `{id}` is in `{follows}` by its formula, not in `{unit}`
m-f86e1d4e = по своей формуле `{ $id }` в `{ $follows }`, а не в `{ $unit }`

# delete `unit`
m-58769874 = удалите `unit`

# `{id}` is a balance and has no percentage change, so `printed-change` has no use
m-3011d4c6 = `{ $id }` — сальдо, у него нет изменения в процентах, поэтому `printed-change` ни к чему

# a balance may be zero or change its sign, so a percentage of it has no meaning
m-8925eb85 = сальдо может быть нулём или сменить знак, поэтому процент от него не имеет смысла

# `{id}` is not compared, so `printed-change` has no use
m-79d80cd5 = `{ $id }` не сравнивается, поэтому `printed-change` ни к чему

# because of `compare = false`, or of its formula, it has no base
m-8e0c59b4 = из-за `compare = false` или из-за формулы у него нет базы

# delete `printed-change`, or move it to the indicator of the count
m-d767592a = удалите `printed-change` или перенесите к показателю количества

# the range of `{id}` is over {years} years
m-3e1a4f0b = размах `{ $id }` — за { $years } { $years ->
        [one] год
        [few] года
       *[other] лет
    }

# write the number of years before the period, from 2 to 100
m-051ac522 = напишите, за сколько лет до периода, от 2 до 100

# table `{name}` has no open dimension `{dimension}`
m-7a084151 = в таблице `{ $name }` нет открытого измерения `{ $dimension }`

# no dimension of table `{name}` that is kept or added up has a member `{member}`
m-d2cad9f8 = ни в одном измерении таблицы `{ $name }`, которое оставлено или складывается, нет элемента `{ $member }`

# the dimension `{dimension}` of `{name}` is open
m-6cdf4656 = измерение `{ $dimension }` таблицы `{ $name }` открыто

# a sum over all its members would contain totals together with their parts
m-a1151457 = в сумме по всем его элементам итоги оказались бы вместе со своими частями

# select one member with `where = {{ {dimension} = "…" }}`, make a series with `by = "{dimension}"`, or add the members up with `over = ["{dimension}"]` if none of them is a total
m-711cb8b3 = выберите один элемент: `where = {"{"} { $dimension } = "…" {"}"}`, сделайте ряд: `by = "{ $dimension }"`, или сложите элементы: `over = ["{ $dimension }"]`, если среди них нет итога

# table `{name}` has no dimension `{dimension}`
m-9b12acbf = в таблице `{ $name }` нет измерения `{ $dimension }`

# `{member}` is not a member of `{dimension}` in table `{name}`
m-e45ed2b8 = `{ $member }` — не элемент `{ $dimension }` в таблице `{ $name }`

# no member of `{dimension}` is of the kind `{kind}`
m-fcae1cf5 = ни у одного элемента `{ $dimension }` нет вида `{ $kind }`

# `{dimension}` of table `{name}` has no members
m-5eb9e147 = в `{ $dimension }` таблицы `{ $name }` нет элементов

# give the dimension a foreign key or an enumeration in datapackage.json; check `kinds`
m-46ca0cc3 = дайте измерению внешний ключ или перечень в datapackage.json; проверьте `kinds`

# no table has a dimension `{name}`
m-58967e4c = ни в одной таблице нет измерения `{ $name }`

# `{code}` is not a member of `{dimension}` in the tables of this break
m-5ac6416a = `{ $code }` — не элемент `{ $dimension }` в таблицах этого разрыва

# `{code}` is not a member of a dimension of the tables of this break
m-e3058015 = `{ $code }` — не элемент ни одного измерения таблиц этого разрыва

# a break that concerns no figure has no effect: values before and after it would still be compared
m-e9fa12cc = разрыв, который не касается ни одного значения, не действует: значения до и после него всё равно сравнивались бы

# `{id}` is computed from `{part}`, which does not exist
m-58d7183e = `{ $id }` вычисляется по `{ $part }`, которого нет

# `{id}` is computed through a chain of {links} indicators
m-7a98ea5a = `{ $id }` вычисляется через цепочку показателей: { $links }

# a chain may have at most {most_links} links
m-6d0e1fe4 = в цепочке может быть не больше { $most_links } звеньев

# compute it from tables
m-41e8d4c2 = вычисляйте его по таблицам

# `{id}` is computed from itself
m-1c5a4b90 = `{ $id }` вычисляется сам по себе

# its operands lead back to it: {expr}
m-d71c489d = его операнды ведут к нему же: { $expr }

## src/indicators/years.rs

# `{id}` counts years, and `{of}` is not a series over years
m-8db1054d = `{ $id }` считает годы, а `{ $of }` — не ряд по годам

# name an indicator with `history`, or a sum or difference of such
m-aeb1b2bd = назовите показатель с `history` либо сумму или разность таких

## src/locale/dates.rs

# no form `{form}` in `[{table}]` of the language `{lang}`
m-2c726427 = нет формы `{ $form }` в `[{ $table }]` языка `{ $lang }`

## src/locale/language.rs

# `{tag}` is not a language tag: {error}
m-12a90011 = `{ $tag }` — не метка языка: { $error }

# write a language tag of BCP 47, for example `xx-YY` or `xx-Latn-YY`
m-36ee46f6 = напишите метку языка по BCP 47, например `xx-YY` или `xx-Latn-YY`

# no Unicode data for `{tag}`: {error}
m-6d49c4ec = для `{ $tag }` нет данных Юникода: { $error }

# two scales have the same power or the same word
m-f0476b38 = у двух масштабов одна степень или одно слово

# a million would be printed as a thousand, or a thousand as a million
m-d2d767d8 = миллион напечатался бы как тысяча или тысяча как миллион

# the {name} sign is empty
m-d2462ae7 = знак { $name } пуст

# a number without it would read as another number
m-96b08729 = число без него читалось бы как другое число

# `{odd}` in the {name} sign
m-73a7f552 = `{ $odd }` в знаке { $name }

# with a digit or letter in the sign, readers would see another number
m-d90b99eb = с цифрой или буквой в знаке читатели увидели бы другое число

# the decimal sign is a space
m-ffe1ae89 = десятичный знак — пробел

# 1 5 would be read as two numbers, or as fifteen
m-2d0dcc9f = 1 5 читалось бы как два числа или как пятнадцать

# {other} sign and {name} sign are the same
m-b2a1eb90 = знаки { $other } и { $name } одинаковы

# 1,234 could be read as one or as a thousand, and −5 as +5
m-a16c70a9 = 1,234 могло бы читаться как один или как тысяча, а −5 — как +5

# the sign `{name}` has a digit in it
m-147ce032 = в знаке `{ $name }` есть цифра

# a cell without a number would show a number
m-5e2d2c82 = в ячейке без числа было бы видно число

# zero and a missing figure have the same sign
m-012f29f7 = у нуля и у отсутствующего значения один знак

# readers could not tell a zero from an unknown figure
m-4c8f75d0 = читатели не отличили бы ноль от неизвестного значения

# unknown key `{name}` in `qualifiers`
m-25a51a6b = неизвестный ключ `{ $name }` в `qualifiers`

# `qualifiers` has no `{name}`
m-aaad4f1c = в `qualifiers` нет `{ $name }`

# give words for each; without the whole table, signs are printed
m-7562bd8e = дайте слова для каждого; без всей таблицы печатаются знаки

# `{what}.{form}` has {listed} names where there are {count}
m-e64a1f94 = в `{ $what }.{ $form }` названий { $listed }, а нужно { $count }

# `{name}` appears twice in `{what}.{form}`
m-a8dc35fd = `{ $name }` стоит в `{ $what }.{ $form }` дважды

# two periods would be printed the same
m-fd2b7a3c = два периода напечатались бы одинаково

# no text for the plural category {missing}
m-00748dc5 = нет текста для категории числа { $missing }

# the plural categories of this language are {known_categories}
m-191e8cc9 = категории числа этого языка: { $known_categories }

# write a text for each; a single text for all needs no table
m-060f7771 = напишите текст для каждой; одному тексту на все таблица не нужна

# `{written}` is not a plural category of this language
m-f9c1abd1 = `{ $written }` — не категория числа этого языка

## src/locale/lexicon.rs

# this name contains the rows below it
m-5c060b7b = в этом названии — строки, стоящие ниже

# because of an unclosed quotation mark, the rows below become part of this name
m-825a9520 = из-за незакрытой кавычки строки ниже стали частью этого названия

# close the quotation mark, and write each row on one line
m-22be21c9 = закройте кавычку и пишите каждую строку таблицы на одной строке

# {number_of_record} cells in a row, but there should be {forms}
m-57186ebd = в строке ячеек { $number_of_record }, а должно быть { $forms }

# put a name that contains a comma into quotation marks
m-fc81afc0 = название с запятой возьмите в кавычки

# a row without a code
m-1b2be9dc = строка без кода

# `{code}` has two rows
m-7595377f = у `{ $code }` две строки

# the second row
m-ea2b2364 = вторая строка

# the first row
m-cbee3dd2 = первая строка

# delete one of them
m-37c2058f = удалите одну из них

# the lexicon cannot be read: {error}
m-d9a4a536 = словарь не читается: { $error }

# a quotation mark without its partner
m-8c27fc9f = кавычка без пары

# everything up to the next mark would become part of this name
m-4ed1bc82 = всё до следующей кавычки стало бы частью этого названия

# put the cell into quotation marks and double the mark inside it: `"a ""b"" c"`
m-f7a7832e = возьмите ячейку в кавычки и удвойте кавычку внутри: `"a ""b"" c"`

# `{code}` and `{first}` have the same name: `{name}`
m-6fbbb3a2 = у `{ $code }` и `{ $first }` одно название: `{ $name }`

# the same name
m-114511a5 = то же название

# the pages would print the figures of two places under the same name
m-79f7538d = значения двух мест напечатались бы под одним названием

# names that differ only in case, spaces, invisible characters or letters that look alike count as the same
m-484bf673 = названия, которые различаются только регистром, пробелами, невидимыми знаками или похожими буквами, считаются одинаковыми

# add something that distinguishes them, for example “(city)”
m-25ea4dfc = добавьте то, что их различает, например «(город)»

# the first column of a lexicon is `code`
m-2ea7edcd = первый столбец словаря — `code`

# the lexicon has only the column `code`, and no form
m-3148f3fe = в словаре только столбец `code` и ни одной формы

# a form without a name, or with a space around it
m-990130f0 = форма без имени или с пробелом вокруг него

# the form `{form}` has two columns
m-31ef4b31 = у формы `{ $form }` два столбца

# write the first line as `code,nom,gen`, one column for each form
m-2de22586 = напишите первую строку как `code,nom,gen`: столбец для каждой формы

# no `{code}` in the lexicon `{name}`
m-ff096898 = в словаре `{ $name }` нет `{ $code }`

# no form `{form}` in the lexicon `{name}`
m-a4e7b995 = в словаре `{ $name }` нет формы `{ $form }`

# the forms are
m-608c33c1 = формы:

# `{code}` has no form `{form}` in the lexicon `{name}`
m-037ecfd4 = у `{ $code }` нет формы `{ $form }` в словаре `{ $name }`

# empty in this row
m-8e0a75f3 = в этой строке пусто

# write the form; kosh does not use another one instead
m-995eccad = впишите форму; другую вместо неё kosh не берёт

## src/locale/lint.rs

# an ordinary space within a number
m-3217e2c7 = обычный пробел внутри числа

# an ordinary space where the line must not break
m-32e9535b = обычный пробел там, где строка не должна разрываться

# wrong space before the percent sign
m-ccc1140a = не тот пробел перед знаком процента

# not this language's decimal sign
m-3fc135ea = не десятичный знак этого языка

# a hyphen instead of minus
m-0f164c7f = дефис вместо минуса

# the wrong dash for a range
m-bbaf09ae = не то тире для промежутка

# the wrong dash for a sentence
m-8757bc70 = не то тире для предложения

# a straight quotation mark
m-e09a3801 = прямая кавычка

# not this language's quotation mark
m-276699a1 = не кавычка этого языка

# two spaces
m-9c72439c = два пробела

# a space before a punctuation mark that follows its word directly
m-9e15ed22 = пробел перед знаком препинания, который ставится сразу за словом

# three full stops instead of the ellipsis
m-160c1952 = три точки вместо многоточия

# write `{wanted}`
m-0a4d262b = напишите `{ $wanted }`

## src/locale/mod.rs

# `{tag}` is requested, but this file is for `{own}`
m-bb867cc1 = запрошен `{ $tag }`, а этот файл — для `{ $own }`

# name the file after the language in its `tag`
m-b854c9f3 = назовите файл по языку из его `tag`

# no lexicon `{name}` for the language `{lang}`
m-7e25a84f = для языка `{ $lang }` нет словаря `{ $name }`

# add `data/lexicon/{name}.{lang}.csv`
m-6f4437a9 = добавьте `data/lexicon/{ $name }.{ $lang }.csv`

## src/locale/numbers.rs

# no ordinals `{form}` in the language `{lang}`
m-8a800030 = в языке `{ $lang }` нет порядковых `{ $form }`

# no counted noun `{noun}` in the language `{lang}`
m-bebe500e = в языке `{ $lang }` нет исчисляемого существительного `{ $noun }`

## src/locale/pattern.rs

# a brace without its partner in the pattern `{text}`
m-3b9f72be = скобка без пары в образце `{ $text }`

# write a placeholder as `{{name}}`; a pattern has no other braces
m-afa9455e = пишите заполнитель как `{"{"}name{"}"}`; других фигурных скобок в образце нет

# there is no placeholder `{{{name}}}` here
m-fad31484 = заполнителя `{"{"}{ $name }{"}"}` здесь нет

# this text has no placeholders
m-72d9c42f = в этом тексте заполнителей нет

# the pattern contains `{{{name}}}` more than once
m-0917363f = в образце `{"{"}{ $name }{"}"}` стоит больше одного раза

# the value would be printed twice: 12 would read as 1212
m-f55a34d9 = значение напечаталось бы дважды: 12 читалось бы как 1212

# the pattern does not contain `{{{name}}}`
m-36b4559d = в образце нет `{"{"}{ $name }{"}"}`

# the value would not be printed
m-6fd28d70 = значение не напечаталось бы

# `{odd}` is next to the number in the pattern `{text}`
m-525cc5ab = `{ $odd }` стоит рядом с числом в образце `{ $text }`

# the printed number would not be the number of the data
m-e76052b6 = напечатанное число не было бы числом из данных

## src/locale/written.rs

# the file
m-6b4b8a02 = файл

# the language file has no `{key}`
m-f9a6366a = в файле языка нет `{ $key }`

# `kosh handbook languages` lists the keys of a language file
m-d565791b = ключи файла языка перечисляет `kosh handbook languages`

# unknown key `{key}`
m-4c20cd07 = неизвестный ключ `{ $key }`

# not a key of a language file
m-8a3acf98 = не ключ файла языка

# unknown key `{written}` in {table}
m-217be044 = неизвестный ключ `{ $written }` в { $table }

# {table} cannot be read: {message}
m-132aeaac = { $table } не читается: { $message }

## src/output/create.rs

# the folder cannot be written: {what}{error}
m-9878666d = в папку нельзя записать: { $what }{ $error }

# nothing was changed
m-b736b88b = ничего не изменено

# check that the folder beside it can be written and the disk has room
m-df80c8cc = проверьте, что в соседнюю папку можно писать и на диске есть место

# `{path}` cannot be written: {error}
m-ad9d9c6d = `{ $path }` нельзя записать: { $error }

# check that the folder can be written and that the disk is not full
m-24e76b1f = проверьте, что в папку можно писать и диск не полон

#  and {n} more
m-37b54759 = {" "}и ещё { $n }

# `{folder}` is not empty
m-d337e2c7 = `{ $folder }` не пуста

# it contains {first}{more}; nothing was changed
m-afa09a63 = в ней { $first }{ $more }; ничего не изменено

# name a folder that is empty or does not exist yet, or move these files away
m-73314c4f = назовите пустую папку или такую, которой ещё нет, либо уберите эти файлы

## src/output/lock.rs

# the folder of the release cannot be locked: {error}
m-8e5b581f = папку выпуска нельзя заблокировать: { $error }

# without a lock, two runs at the same time could mix their files
m-7b458724 = без блокировки два одновременных запуска могли бы смешать свои файлы

# check that the parent folder can be written; some network disks do not support locks: choose another folder with `--output DIR`
m-60350d13 = проверьте, что в папку над ней можно писать; некоторые сетевые диски не умеют блокировать: выберите другую папку, `--output DIR`

## src/output/mod.rs

# `{left}` cannot be removed
m-b93e6bdc = `{ $left }` нельзя удалить

# the release is in place; this folder contains the previous release or the rest of an interrupted run
m-996c89cf = выпуск на месте; в этой папке прошлый выпуск или остаток прерванного запуска

# kosh does not read it: delete it, or ask its owner to do so
m-a100b7a4 = kosh её не читает: удалите её или попросите об этом её владельца

# {named} was not made by kosh and would be overwritten
m-8e58825b = { $named } сделан не kosh и был бы перезаписан

# {n} files were not made by kosh and would be overwritten
m-3ecc470d = { $n } { $n ->
        [one] файл
        [few] файла
       *[other] файлов
    } { $n ->
        [one] сделан
        [few] сделаны
       *[other] сделаны
    } не kosh и { $n ->
        [one] был бы перезаписан
        [few] были бы перезаписаны
       *[other] были бы перезаписаны
    }

# the files are {named}{more}; nothing was changed
m-31a7fe54 = это файлы { $named }{ $more }; ничего не изменено

# kosh recognises its own files by the `manifest.json` next to them
m-4403df26 = свои файлы kosh узнаёт по `manifest.json` рядом с ними

# move these files away, or build into another folder with `--output DIR`
m-1e1d0bdc = уберите эти файлы или собирайте в другую папку: `--output DIR`

# the release cannot be written: {error}
m-8b93e974 = выпуск нельзя записать: { $error }

# the release cannot be written: `{path}`: {error}
m-64a71617 = выпуск нельзя записать: `{ $path }`: { $error }

# nothing was changed: the files in place are complete
m-7682fed2 = ничего не изменено: файлы на месте целы

## src/output/names.rs

# `{name}` is not the name of a file
m-d46fd9c3 = `{ $name }` — не имя файла

# it would be outside its folder, or is not allowed on some systems
m-3c637ba8 = он оказался бы вне своей папки, или такое имя на некоторых системах недопустимо

# change the id of the figure, table, language or profile that the file is named after
m-ae71f91e = измените идентификатор рисунка, таблицы, языка или профиля, по которому назван файл

# `{other}` and `{name}` are the same file
m-f2928d88 = `{ $other }` и `{ $name }` — один файл

# many disks do not distinguish upper and lower case: one file would replace the other
m-4a7bb84f = многие диски не различают прописные и строчные буквы: один файл заменил бы другой

# change one of the two ids that the files are named after
m-3db843b3 = измените один из двух идентификаторов, по которым названы файлы

## src/output/numbered.rs

# nothing was changed: the published versions are complete
m-a9425f08 = ничего не изменено: опубликованные версии целы

## src/output/revise.rs

# give the file another name
m-409bcf13 = дайте файлу другое имя

# `{name}` was changed by another program
m-25257c0f = `{ $name }` изменила другая программа

# nothing was written
m-89d3dcb0 = ничего не записано

# run the command again: it will read the new content of the file
m-3ce00ffb = повторите команду: она прочтёт новое содержимое файла

## src/preview/mod.rs

# a port
m-2845c3af = порт

# port {port}
m-41928f2b = порт { $port }

# the preview cannot use {shown}: {error}
m-a988b181 = предпросмотр не может использовать { $shown }: { $error }

# the page is served on this computer, to this computer only
m-ef8bc018 = страницу видно только на этом компьютере

# choose another port with `--port`, or omit the option: kosh then uses any free port
m-bd6e3006 = выберите другой порт: `--port`, или уберите параметр: тогда kosh возьмёт любой свободный

## src/project/allow.rs

# move `as-of`, or release with `--leave-out-later`
m-80dd602b = перенесите `as-of` или выпускайте с `--leave-out-later`

# delete the `[[allow]]` that matches no warning
m-4783f4a9 = удалите `[[allow]]`, который не подходит ни к одному предупреждению

# it was allowed up to a day that is past
m-e9531ac7 = было разрешено до дня, который прошёл

# this entry allows it, but lacks `said`
m-1b34d4e2 = эта запись разрешает его, но в ней нет `said`

# it was allowed with another text
m-daa4121f = было разрешено с другим текстом

# the same warning is allowed twice
m-64497cae = одно предупреждение разрешено дважды

# the first time
m-b4f297d7 = первый раз

# delete one of the two entries
m-f8858d06 = удалите одну из двух записей

# `{code}` is not the code of a warning
m-c198e6bf = `{ $code }` — не код предупреждения

# write the code in brackets before the message, for example `K0120`
m-0802d734 = напишите код в скобках перед сообщением, например `K0120`

# `{code}` cannot be allowed
m-74f4ca64 = `{ $code }` нельзя разрешить

# the entry does not say which warning is allowed
m-dcf099de = запись не говорит, какое предупреждение разрешено

# copy the `subject` that `kosh release` prints; all warnings of a code cannot be allowed at once
m-82f683ba = скопируйте `subject`, который печатает `kosh release`; все предупреждения одного кода сразу разрешить нельзя

# the entry gives no reason
m-379211c7 = в записи нет причины

# the reason is recorded with the release
m-1b09ec6e = причина записывается вместе с выпуском

# write who looked at the warning, and with what result
m-fb456acc = напишите, кто посмотрел на предупреждение и что выяснил

# `{said}` is neither a period nor a day
m-3428500f = `{ $said }` — не период и не день

# write a period as `2025-H1`, or a day as `2026-03-13`
m-ec8bd66a = напишите период как `2025-H1` или день как `2026-03-13`

## src/project/brand.rs

# a logo {height} mm high
m-10fd5fea = логотип высотой { $height } мм

# between {start} and {end} mm
m-9e614dcd = от { $start } до { $end } мм

# `{name}` is not a colour
m-b18224ac = `{ $name }` — не цвет

# write it as `#12436D`: red, green and blue with two hexadecimal digits each
m-d46585ef = напишите как `#12436D`: красный, зелёный и синий, по две шестнадцатеричные цифры

# `{name}` is too pale to be read on paper
m-3e21bd41 = `{ $name }` слишком бледен, чтобы читаться на бумаге

# its contrast with white is {contrast} to 1, and must be at least {least} to 1 (WCAG 2.2)
m-bb4eda37 = его контраст с белым — { $contrast } к 1, а нужно не меньше { $least } к 1 (WCAG 2.2)

# `{c}` is the same colour, dark enough
m-86e3c473 = `{ $c }` — тот же цвет, достаточно тёмный

# `{name}` cannot be a logo
m-a97c7b3c = `{ $name }` не может быть логотипом

# name an SVG, PNG or JPEG file in the folder of the profile or the project
m-28b4a919 = назовите файл SVG, PNG или JPEG в папке профиля или проекта

# there is no logo `{name}`
m-e3ee0154 = нет логотипа `{ $name }`

# kosh looks for it in the profile's folder, then in the project's
m-03dc10a5 = kosh ищет его в папке профиля, затем в папке проекта

# put the file there, or delete `logo`: then the name is printed without one
m-877ca7e3 = положите файл туда или удалите `logo`: тогда название печатается без логотипа

# the logo `{name}` is not a picture
m-31eb34fe = логотип `{ $name }` — не изображение

# save it again as SVG, PNG or JPEG
m-cf4eb55d = сохраните его заново как SVG, PNG или JPEG

# the logo `{name}` cannot be of this size
m-0c095f5a = логотип `{ $name }` не может быть такого размера

# make it smaller: 2,000 pixels a side are enough to print it
m-9cd18a56 = уменьшите его: для печати хватает 2 000 точек по стороне

# its content does not match its extension .{kind}
m-f638e5c2 = его содержимое не соответствует расширению .{ $kind }

## src/project/calendar.rs

# the embargo has no time zone
m-97c5ef31 = у эмбарго нет часового пояса

# add the time zone, for example `embargo-zone = "Asia/Almaty"`: kosh does not use the zone of the computer
m-ffaa8f13 = добавьте часовой пояс, например `embargo-zone = "Asia/Almaty"`: пояс компьютера kosh не берёт

# the end of the embargo is a time that does not exist
m-f373ce3c = такого времени, как конец эмбарго, не бывает

# that night the clocks go forward to {until}
m-6559906e = в ту ночь часы переводят вперёд на { $until }

# name a time before or after the hour that is skipped
m-36e79880 = назовите время до или после пропущенного часа

# the end of the embargo is not a valid time: {error}
m-9578fe35 = конец эмбарго — недопустимое время: { $error }

# `{text}` is not a day
m-79bea7c6 = `{ $text }` — не день

# write it as `2026-03-13`
m-affbae78 = напишите как `2026-03-13`

# a brief under an embargo is a draft until it is released
m-d0981daa = обзор под эмбарго — черновик, пока он не выпущен

# the embargo ends at {until}
m-6ddc62f8 = эмбарго заканчивается { $until }

# delete `draft`: `kosh release` removes the draft mark
m-0da0565d = удалите `draft`: пометку черновика снимает `kosh release`

# `{text}` is not a day with a time
m-90b7e32a = `{ $text }` — не день со временем

# write it as `2026-03-13T10:00`, and the zone in `embargo-zone`
m-fb59f698 = напишите как `2026-03-13T10:00`, а пояс — в `embargo-zone`

# there is no time zone `{name}`
m-9c1ab11e = нет часового пояса `{ $name }`

# use the names of the tz database, for example `Asia/Almaty`
m-2d915cec = используйте имена базы tz, например `Asia/Almaty`

## src/project/file_name.rs

# a brace in `{text}` is not closed or not opened
m-31edfe67 = фигурная скобка в `{ $text }` не закрыта или не открыта

# write placeholders in braces: `{{form}}-{{language}}`
m-99d80826 = пишите заполнители в фигурных скобках: `{"{"}form{"}"}-{"{"}language{"}"}`

# there is no placeholder `{{{name}}}`
m-5a27b7b6 = нет заполнителя `{"{"}{ $name }{"}"}`

# the placeholders are `{{form}}`, `{{period}}`, `{{body}}` and `{{language}}`
m-b854edd2 = заполнители — `{"{"}form{"}"}`, `{"{"}period{"}"}`, `{"{"}body{"}"}` и `{"{"}language{"}"}`

# `file-name` names the files of the brief
m-8b964e55 = `file-name` задаёт имена файлов обзора

# `{shown}` cannot be the name of a file
m-757ca65e = `{ $shown }` не может быть именем файла

# use letters, digits, spaces, `-` and `_`; a folder is named by `paths.output`
m-f0c6f688 = используйте буквы, цифры, пробелы, `-` и `_`; папку называет `paths.output`

# `{name}` would be the name of two files: `{other}` in `{in_other}` and `{form}` in `{language}`
m-8b49072f = `{ $name }` стало бы именем двух файлов: `{ $other }` на `{ $in_other }` и `{ $form }` на `{ $language }`

# add `{{form}}` to the pattern
m-88e55c16 = добавьте в образец `{"{"}form{"}"}`

# add `{{language}}` to the pattern
m-0dcec302 = добавьте в образец `{"{"}language{"}"}`

## src/project/inherit.rs

# the block `{name}` is changed here but does not exist in the layer below
m-846be3ec = блок `{ $name }` изменён здесь, но в слое ниже его нет

# the section below is {base_path}; the block may have been renamed or removed
m-ed5cae96 = раздел ниже — { $base_path }; блок могли переименовать или удалить

# `kosh explain section.ID` lists the blocks of a section
m-94dbe74e = `kosh explain section.ID` перечислит блоки раздела

# the block `{name}` is changed twice
m-c4d16c6c = блок `{ $name }` изменён дважды

# put both changes into one block
m-5493362b = соберите оба изменения в один блок

# the block `{name}` is printed only under a condition of the layer below
m-a22d893e = блок `{ $name }` печатается только при условии слоя ниже

# the condition is `{condition}`, {under}
m-3837664c = условие — `{ $condition }`, { $under }

# change a block that is outside of the condition; `kosh explain section.ID` lists the blocks
m-6b4a1b75 = меняйте блок, который стоит вне условия; `kosh explain section.ID` перечислит блоки

# if the condition is meant, give the sentence the id of the block: `sentence("{name}")`
m-f1bd8ffe = если условие и нужно, дайте предложению идентификатор блока: `sentence("{ $name }")`

# `{word}` ends a block that was not opened
m-f63fa075 = `{ $word }` закрывает блок, который не открыт

# open it with `{{% {opening} … %}}`, or delete this line
m-81ac381e = откройте его через `{"{"}% { $opening } … %{"}"}` или удалите эту строку

# `{word}` is not closed
m-fa28754a = `{ $word }` не закрыт

# close it with `{{% end{word} %}}`
m-f49c9adb = закройте его через `{"{"}% end{ $word } %{"}"}`

# this text is outside of all blocks and would not be printed
m-f5ec8fd1 = этот текст — вне всех блоков и не напечатался бы

# put it into `{{% block NAME %}}…{{% endblock %}}`; the block `section` is the whole section
m-2c2252a0 = поместите его в `{"{"}% block NAME %{"}"}…{"{"}% endblock %{"}"}`; блок `section` — это весь раздел

## src/project/init/blank.rs

# kosh has no blank project in `{lang}`
m-4f603149 = у kosh нет пустого проекта на языке `{ $lang }`

# begin in one of these languages; `kosh handbook languages` says how to add one
m-12863fa3 = начните на одном из этих языков; как добавить язык, говорит `kosh handbook languages`

## src/project/init/look.rs

# `{path}` cannot be a logo
m-b53a8058 = `{ $path }` не может быть логотипом

# its name ends otherwise
m-def3b9f4 = имя файла оканчивается иначе

# `{font}` cannot be read: {error}
m-c8bad282 = `{ $font }` не читается: { $error }

## src/project/init/mod.rs

# kosh has no profile `{base}`
m-6b8bbc3b = у kosh нет профиля `{ $base }`

# `{profile}` cannot be the id of a profile
m-137f8947 = `{ $profile }` не может быть идентификатором профиля

# an id has letters a–z, digits, `-` and `_`; the name of the body is set in the profile
m-4aa1a965 = в идентификаторе — буквы a–z, цифры, `-` и `_`; название ведомства задаётся в профиле

# this project has no language `{lang}`
m-82eb6bd1 = в этом проекте нет языка `{ $lang }`

# kosh has no brief in the language `{lang}`
m-0e804a77 = у kosh нет обзора на языке `{ $lang }`

# `kosh handbook languages` says how to add a language
m-7bb9fac2 = как добавить язык, говорит `kosh handbook languages`

## src/project/language.rs

# there is no section in the language `{tag}`
m-8f34064d = на языке `{ $tag }` нет ни одного раздела

# name the file of a section `{name}`, for example `04-general.{tag}.md`
m-7f944026 = назовите файл раздела `{ $name }`, например `04-general.{ $tag }.md`

## src/project/layers.rs

# there are two files for the section `{id}`
m-346087e6 = у раздела `{ $id }` два файла

# the other is {path}
m-ee2101d3 = другой — { $path }

# change the id of one of them (the part of its name after the number), or delete it
m-02aeef63 = измените идентификатор одного из них (часть имени после номера) или удалите его

# the profile `{id}` extends itself
m-61d82dba = профиль `{ $id }` расширяет сам себя

# there is no profile `{id}`
m-2a7582b4 = нет профиля `{ $id }`

# `{name}` is in `{lang}`, which is not a language
m-c6f5a5f4 = `{ $name }` — на `{ $lang }`, а это не язык

# the name of `{name}` contains no language
m-5e3fa9b3 = в имени `{ $name }` нет языка

# it belongs to no edition
m-50201006 = он не относится ни к одному изданию

# name the file like `04-general.en.md`: number, id, language
m-68926b0f = назовите файл как `04-general.en.md`: номер, идентификатор, язык

# there is no section below to extend
m-dbc7ce9f = ниже нет раздела, который можно расширить

# no layer below has `{name}`; it may have been renamed
m-3b263ae8 = ни в одном слое ниже нет `{ $name }`; его могли переименовать

# delete `extends` if this is a new section
m-729d6e7a = удалите `extends`, если это новый раздел

# `{stem}` is changed in `{lang}` but not in `{other}`
m-cbfea28a = `{ $stem }` изменён на `{ $lang }`, но не на `{ $other }`

# add the same change in `{stem}.{other}.md`
m-a6a6bf8c = внесите то же изменение в `{ $stem }.{ $other }.md`

# `{shown}` cannot be listed: {error}
m-9b3aac95 = содержимое `{ $shown }` не читается: { $error }

## src/project/mod.rs

# run kosh in the folder of a project, or name the folder with `--project DIR`; `kosh init DIR` makes a new project
m-28ab9853 = запустите kosh в папке проекта или назовите её: `--project DIR`; новый проект делает `kosh init DIR`

# `kosh handbook languages` says how to add one
m-bb05bd73 = как его добавить, говорит `kosh handbook languages`

# `{name}` cannot be the name of a {what}
m-c67bbb8c = `{ $name }` не может быть именем: { $what }

# files of the brief are named after it
m-6e6eced8 = по нему называются файлы обзора

# write a language tag, for example `en`, `kk` or `zh-Hans`
m-7241679f = напишите метку языка, например `en`, `kk` или `zh-Hans`

# the language `{lang}` is named twice
m-9b40e9cf = язык `{ $lang }` назван дважды

# two editions would have the same file
m-553d5386 = у двух изданий был бы один файл

# name each language once
m-16468fc0 = назовите каждый язык один раз

# write the code of the region, for example `KZ-71`
m-83d52e27 = напишите код региона, например `KZ-71`

# the form `{form}` is named twice
m-357d8af5 = форма `{ $form }` названа дважды

# name each form once
m-e01bf73c = назовите каждую форму один раз

# the brief has no form
m-01f0c873 = у обзора нет формы

# write `formats = ["standard"]`, or omit `formats`
m-4c0b3e4a = напишите `formats = ["standard"]` или уберите `formats`

# there is no folder `{root}`
m-bd836e62 = нет папки `{ $root }`

# `{root}` is a file, not the folder of a project
m-85c65dbf = `{ $root }` — файл, а не папка проекта

# this profile makes briefs of regions, but no region is named
m-7aa5f3db = этот профиль делает обзоры регионов, а регион не назван

# name a region with `--region KZ-71`, or all regions with `--region all`
m-404d7aa5 = назовите регион: `--region KZ-71`, или все регионы: `--region all`

## src/project/picture.rs

# its header does not contain its size
m-385aa8ad = в его заголовке нет размера

# it has {width} × {height} pixels; a logo must have 1 to {side} per side and at most {pixels} in all
m-eb29fe03 = в нём { $width } × { $height } точек; у логотипа должно быть от 1 до { $side } по стороне и не больше { $pixels } всего

## src/project/places.rs

# it is the folder of the project
m-2a094f18 = это папка проекта

# it is the folder of published versions, or inside it
m-7bd08449 = это папка опубликованных версий или папка внутри неё

# it contains sources of the project
m-2668cda2 = в ней лежат исходные файлы проекта

# it is `{shown}`, which contains sources
m-e8308403 = это `{ $shown }`, где лежат исходные файлы

# it is inside `{shown}`, which contains sources
m-d9b89b9f = она внутри `{ $shown }`, где лежат исходные файлы

# `{shown}` cannot be used for output: {what}
m-b7fb46bb = `{ $shown }` нельзя использовать для вывода: { $what }

# choose another folder with `--output DIR` or `output` in `[paths]`, for example `output`
m-2957a802 = выберите другую папку: `--output DIR` или `output` в `[paths]`, например `output`

# choose another folder with `releases` in `[paths]`, for example `releases`
m-e7fda92d = выберите другую папку: `releases` в `[paths]`, например `releases`

# the inputs could be overwritten, or the output read as input
m-273ca0ef = входные файлы могли бы перезаписаться, а вывод — прочитаться как входные данные

## src/project/unread.rs

# nothing reads `{name}`
m-ba57f1d2 = `{ $name }` ничто не читает

# did you mean `{near}`? Then rename it
m-04532817 = возможно, имелось в виду `{ $near }`? Тогда переименуйте

# `kosh table new {name}` describes a new table
m-af574bf8 = `kosh table new { $name }` опишет новую таблицу

# if it is to be read by nobody, put it into another folder
m-9509fa1c = если читать это не нужно, переложите в другую папку

# nothing reads the folder `{name}`
m-daf6d3e7 = папку `{ $name }` ничто не читает

# it has no `profile.toml`, so it is no profile
m-ca3514af = в ней нет `profile.toml`, поэтому это не профиль

# did you mean the profile `{near}`? Then rename the folder
m-ef10aea1 = возможно, имелся в виду профиль `{ $near }`? Тогда переименуйте папку

# write a `profile.toml` into it, or delete it
m-5ce9aeac = создайте в ней `profile.toml` или удалите её

## src/project/version.rs

# `{name}` is not a version of kosh
m-766cec5a = `{ $name }` — не версия kosh

# write it as `kosh = "{program}"`
m-b38ac671 = напишите как `kosh = "{ $program }"`

# this project was written for kosh {name}, but this is kosh {program}
m-10d13ce9 = этот проект написан для kosh { $name }, а это kosh { $program }

# it may use what this version does not have or does differently
m-351984fe = в нём может быть то, чего в этой версии нет или что она делает иначе

# use kosh {name} or newer; `kosh --version` prints the version
m-9a65330b = возьмите kosh { $name } или новее; версию печатает `kosh --version`

# or read in the changelog what is new in it, and write `kosh = "{program}"` if the project uses none of it
m-d24bada1 = или прочтите в списке изменений, что в ней нового, и, если проект ничем из этого не пользуется, напишите `kosh = "{ $program }"`

# check these changes, then write `kosh = "{program}"`
m-ac6ff68b = проверьте эти изменения, затем напишите `kosh = "{ $program }"`

# since {version}: {change}
m-1cdd2361 = с версии { $version }: { $change }

## src/project/written.rs

# `{key}` has no effect in `{file}`
m-5902098d = в `{ $file }` ключ `{ $key }` не действует

# it is a key of `{file}`; delete it here
m-a831690c = это ключ файла `{ $file }`; здесь удалите его

# `key-items` leaves no item in a list
m-c5c13fb1 = `key-items` не оставляет в списке ни одного пункта

# write the largest number of items, for example `key-items = 6`; omit the key for no limit
m-0e3c9236 = напишите наибольшее число пунктов, например `key-items = 6`; чтобы не ограничивать, уберите ключ

# the threshold of `{id}` is not a number
m-7ac7edbe = порог `{ $id }` — не число

# write a number, for example `50`
m-6df2e398 = напишите число, например `50`

# the brief has no language
m-5a2c5eff = у обзора нет языка

# add `languages = ["…"]` with each language that has a `strings.LANG.toml`
m-c9f30e4d = добавьте `languages = ["…"]` с каждым языком, у которого есть `strings.LANG.toml`

## src/prose/compare.rs

# compare the fact itself, without a filter: `X1 > 1000`
m-bf5c95bb = сравнивайте сам факт, без фильтра: `X1 > 1000`

# two names are only equal or different; columns of a register are texts: `own.kind == "city"`
m-cb71eae7 = два названия могут быть только равны или различны; столбцы реестра — тексты: `own.kind == "city"`

# compare a period with a period and a day with a day, or with a text such as `"2025-H1"` or `"2025-06-30"`
m-c0e10ae9 = сравнивайте период с периодом, день с днём или с текстом вроде `"2025-H1"` и `"2025-06-30"`

# compare a fact with a fact in the same unit, or with a number in its unit: `X1 > 1000`
m-31311e9c = сравнивайте факт с фактом в той же единице или с числом в его единице: `X1 > 1000`

# compare texts with texts by `==` or `!=`, and numbers with numbers
m-7460b547 = сравнивайте тексты с текстами через `==` или `!=`, а числа с числами

# {left} cannot be compared with {right}
m-3f03c861 = { $left } нельзя сравнить с { $right }

# `{number}` is a series, so it cannot be compared as one number
m-cd48a505 = `{ $number }` — ряд, поэтому сравнить его как одно число нельзя

# compare a member, for example `{number}["…"]` or `region.value` in a loop over `{number}.members`, or define an indicator for it, such as a count or a sum
m-76c5678f = сравнивайте элемент, например `{ $number }["…"]` или `region.value` в цикле по `{ $number }.members`, или определите для этого показатель, например количество или сумму

# the condition `{number}` cannot be decided: {reason}
m-97422118 = условие `{ $number }` нельзя решить: { $reason }

# put the condition into the sentence, which is then left out; or decide the case first: `{number} is known and …`
m-e7715967 = перенесите условие внутрь предложения, которое тогда опускается, или сначала решите случай: `{ $number } is known and …`

# `{a}` is in {a_2}, and `{b}` is in {b_2}
m-b23cedc6 = `{ $a }` — в { $a_2 }, а `{ $b }` — в { $b_2 }

# compare facts with the same unit
m-5fed3ce6 = сравнивайте факты в одной единице

# `{number}` is a number, not true or false
m-42ea8bf7 = `{ $number }` — число, а не истина или ложь

# write the condition that you need: `{number} is known`, or a comparison such as `{number} > 0`
m-cccd2b31 = напишите нужное условие: `{ $number } is known` или сравнение, например `{ $number } > 0`

# words printed by a filter are not true or false
m-f02ab38d = слова, напечатанные фильтром, — не истина и не ложь

# use a condition on the fact: `X1 is known`, `X1 > 0`
m-3d2c0fc1 = используйте условие о факте: `X1 is known`, `X1 > 0`

# the template computes with {value}
m-13929d65 = шаблон вычисляет с { $value }

# define an indicator in `indicators.toml`: then the result has a unit, a formula, its rows and its precision
m-572f881a = определите показатель в `indicators.toml`: тогда у результата есть единица, формула, строки и точность

# `{number}` is a matrix, so a loop cannot run over it
m-25639b1a = `{ $number }` — матрица, поэтому цикл по ней невозможен

# make a series of it: the indicator `flows` lists the largest flows of a matrix
m-be932afa = сделайте из неё ряд: показатель `flows` перечисляет крупнейшие потоки матрицы

# two members of `{fact}` have the same value, but one is selected by its position
m-b46672d9 = у двух элементов `{ $fact }` одно значение, а один выбран по его месту

# a member of `{fact}` is selected by its position, which does not depend on its value
m-694ad40f = элемент `{ $fact }` выбран по месту, которое не зависит от его значения

# rank the members by an indicator, which finds equal values: `largest = {{ of = "{fact}", top = 1 }}`; or name the member by its code
m-a7112c41 = упорядочите элементы показателем, он замечает равные значения: `largest = {"{"} of = "{ $fact }", top = 1 {"}"}`; или назовите элемент его кодом

# {what} is a single number and has no members
m-92ecd41a = { $what } — одно число, элементов у него нет

# name a series: an indicator with `by`, or `members` of one
m-6225165a = назовите ряд: показатель с `by` или `members` такого показателя

# {value} is joined to text without a filter
m-016aaae2 = { $value } соединяется с текстом без фильтра

# print it by a filter first, for example `(X1 | int) ~ " …"`, or write the text next to it: `{{{{ X1 | int }}}} …`
m-7f064a00 = сначала напечатайте его через фильтр, например `(X1 | int) ~ " …"`, или пишите текст рядом: `{"{"}{"{"} X1 | int {"}"}{"}"} …`

## src/prose/filters.rs

# this filter prints a fact, not {value}
m-fb55ecd6 = этот фильтр печатает факт, а не { $value }

# `{number}` is printed outside a sentence: put it into {{% call sentence("…") %}}
m-3f10c953 = `{ $number }` печатается вне предложения: поместите его в {"{"}% call sentence("…") %{"}"}

# `{number}` is missing: {reason}
m-4634e0e6 = нет значения `{ $number }`: { $reason }

# print it with `pct1` or `pct0`
m-f9032edf = печатайте через `pct1` или `pct0`

# print it with `points`
m-e8c910d4 = печатайте через `points`

# print it with `dec1`
m-e33cb15c = печатайте через `dec1`

# print it with `billions`, or with `int` and the word of its scale
m-6c84de92 = печатайте через `billions` или через `int` со словом масштаба

# print it with `int` or `signed`
m-9d2d1c2f = печатайте через `int` или `signed`

# `{number}` is in {unit}, not {wanted}
m-d72a9d25 = `{ $number }` — в { $unit }, а не { $wanted }

# a count
m-ab97417b = количество

# the language has no ordinal `{form}` for it
m-f57f2692 = в языке нет порядкового `{ $form }` для этого

# in percent
m-795034ab = в процентах

# a plain number
m-95ba4ea1 = простое число

# in millions
m-d7de0c4b = в миллионах

# in points
m-a1d7576d = в пунктах

# `{number}` is a share or a level, not a change
m-a5da46f2 = `{ $number }` — доля или уровень, а не изменение

# `fold` prints how many times larger a value is: use it with a change, for example `{fact}.change`
m-979571f8 = `fold` печатает, во сколько раз значение больше: используйте его с изменением, например `{ $fact }.change`

# `{number}` is in {number_2}, but `{noun}` counts {units}
m-e09084d7 = `{ $number }` — в { $number_2 }, а `{ $noun }` считает { $units }

# use a noun for this unit; the nouns are in `[nouns]` of the language file, and their units in `[guards.nouns]`
m-219cedf7 = возьмите существительное для этой единицы; существительные — в `[nouns]` файла языка, их единицы — в `[guards.nouns]`

# `{number}` is a level, which has no direction
m-3b6ffa84 = `{ $number }` — уровень, у него нет направления

# `word` chooses by the sign of a balance, a difference or a change, for example `{fact}.change` or `{fact}.difference`
m-23ba8b75 = `word` выбирает по знаку сальдо, разности или изменения, например `{ $fact }.change` или `{ $fact }.difference`

# “{up}” and “{down}” do not distinguish a rise from a fall
m-1371f94e = «{ $up }» и «{ $down }» не отличают рост от снижения

# give a different word for each direction; type words that do not depend on the direction outside of the filter
m-502de660 = дайте каждому направлению своё слово; слова, которые от направления не зависят, пишите вне фильтра

# this member has no name
m-7d29f7c3 = у этого элемента нет названия

# `{fact}` has no years: {reason}
m-c8416382 = у `{ $fact }` нет лет: { $reason }

# `{form}` prints a name or a period, not {value}
m-3e63d7b2 = `{ $form }` печатает название или период, а не { $value }

# `{number}` is not a series over years
m-669794b9 = `{ $number }` — не ряд по годам

# `since` prints the year since which the last value of a series is the highest or lowest: use an indicator with `years`
m-1efb5d42 = `since` печатает год, с которого последнее значение ряда — наибольшее или наименьшее: возьмите показатель с `years`

# the last value of `{fact}` is not an extreme
m-8afaaa80 = последнее значение `{ $fact }` — не крайнее

# `{number}` is a single number and has no members to list
m-da284096 = `{ $number }` — одно число, перечислять нечего

# `{fact}` has no members to list: {reason}
m-88086098 = у `{ $fact }` нет элементов, чтобы их перечислить: { $reason }

# `{style}` is not a style of a list: use "int" or "signed"
m-f6f9d496 = `{ $style }` — не стиль списка: используйте "int" или "signed"

# `{one}` is in {one_2}, and `{two}` is in {two_2}
m-e8c595e0 = `{ $one }` — в { $one_2 }, а `{ $two }` — в { $two_2 }

# `{function}` needs a name, not words printed by a filter
m-98ae9348 = `{ $function }` нужно название, а не слова, напечатанные фильтром

# there is no source `{key}`: {hint}
m-a5dd30e7 = нет источника `{ $key }`: { $hint }

# `cite` has no argument
m-07a58462 = у `cite` нет аргумента

# name a fact or a source: `cite(X1)`
m-84795c0b = назовите факт или источник: `cite(X1)`

# `{number}` has no source to cite: {reason}
m-754b3746 = у `{ $number }` нет источника, на который сослаться: { $reason }

# there is no figure or table `{target}`: {hint}
m-2b0fa10d = нет рисунка или таблицы `{ $target }`: { $hint }

# the sentence `{id}` is inside another sentence
m-368a47b6 = предложение `{ $id }` — внутри другого предложения

## src/prose/glue.rs

# readers would see the text and the number together as another number
m-8a48ef2a = читатели прочли бы текст и число вместе, как другое число

# the reference to a note is directly behind the number `{text}`
m-676da984 = ссылка на примечание стоит сразу за числом `{ $text }`

# move the reference behind a word
m-a0de3a9b = поставьте ссылку после слова

# `{id}` is printed as {printed}, and {problem}
m-2ad5ca38 = `{ $id }` напечатан как { $printed }, и { $problem }

# it is a number of `{scale}`, but no word next to it says so
m-bfd948b2 = это число в масштабе `{ $scale }`, а слова об этом рядом нет

# write the word of its scale behind it, for example “million”
m-296c4a27 = напишите за ним слово его масштаба, например «млн»

# “{text}” is typed directly behind it
m-d2acb2e2 = сразу за ним напечатано «{ $text }»

# add a space, or print another fact: a digit or letter here changes the number
m-2b76208c = добавьте пробел или печатайте другой факт: цифра или буква здесь меняет число

# there is only “{text}” between it and the next number
m-38638c26 = между ним и следующим числом только «{ $text }»

# separate two numbers by a space and a word
m-d72137ae = разделите два числа пробелом и словом

# print the fact with the known digits: `int`, `dec1`, `pct1`
m-6dddf075 = печатайте факт с известными цифрами: `int`, `dec1`, `pct1`

# another number follows without a word or punctuation mark between them
m-8e60c8a8 = за ним без слова и знака препинания стоит другое число

# say what the second number is, or separate them by a comma
m-7f547ff1 = скажите, что за второе число, или разделите их запятой

# another `{sign}` is typed behind it
m-1f1499a2 = за ним напечатан ещё один `{ $sign }`

# delete it: the filter prints the sign
m-e2e28d7e = удалите его: знак печатает фильтр

# already has its scale
m-b7cb1707 = уже с масштабом

# is printed in full
m-5fd01103 = напечатано полностью

# “{word}” is typed behind it, but the number {note}
m-dc5a15be = за ним напечатано «{ $word }», но число { $note }

# delete the word: a number known to thousands is printed in thousands automatically
m-bee9495b = удалите слово: число, известное до тысяч, печатается в тысячах само

# “{at}” is typed behind it
m-1efc7288 = за ним напечатано «{ $at }»

# delete the words: the filter prints them
m-a8520deb = удалите слова: их печатает фильтр

# “{typed}” is typed {side} it, which changes the number
m-b988cdec = { $side } напечатано «{ $typed }», а это меняет число

# delete the words: the filter prints signs, scales and qualifiers; a half or a multiple must be an indicator
m-842ae297 = удалите слова: знаки, масштабы и оговорки печатает фильтр; половина или кратное должны быть показателем

# the sign “{sign}” is typed {side} it
m-4d32491d = { $side } напечатан знак «{ $sign }»

# compute it by an indicator in `indicators.toml`; the filter prints the qualifiers of a number
m-d001634e = вычисляйте это показателем в `indicators.toml`; оговорки числа печатает фильтр

# “{typed}” is typed next to it, but it is in {unit}
m-1bec9df4 = рядом напечатано «{ $typed }», а число — в { $unit }

# print a fact in that unit: define an indicator with `share` for a share, with `rate` for a rate
m-3e3da97e = печатайте факт в этой единице: определите показатель с `share` для доли, с `rate` для коэффициента

# “{text}” is typed directly before it
m-3c92867b = прямо перед ним напечатано «{ $text }»

# add a space, or print another fact: a digit here changes the number
m-33ec2b67 = добавьте пробел или печатайте другой факт: цифра здесь меняет число

# the number “{rest}” is typed before it
m-eb14c83a = перед ним напечатано число «{ $rest }»

# say what the first number is, or separate them by a comma
m-87bcbe65 = скажите, что за первое число, или разделите их запятой

# the sign “{sign}” is typed before it
m-bee68d83 = перед ним напечатан знак «{ $sign }»

# print the fact with `signed`: the filter prints the sign of the data
m-93bdec64 = печатайте факт через `signed`: фильтр печатает знак из данных

## src/prose/kinds.rs

# `{id}` counts {own}, but the text says “{written}”, which means {other}
m-e41a13c4 = `{ $id }` считает { $own }, а в тексте «{ $written }», то есть { $other }

# permanent migrants, holders of a work permit and students are different populations
m-c0411baf = мигранты на постоянное жительство, владельцы разрешений на работу и студенты — разные совокупности

# print the number of the population in the text, or name in the text the population of the number
m-ded5037e = печатайте число той совокупности, что в тексте, или назовите в тексте совокупность числа

# a final release
m-9c9722a9 = окончательный выпуск

# a first release
m-809f8eb7 = первый выпуск

# the text says “{written}”, but `{id}` comes from {own}
m-234681a0 = в тексте «{ $written }», а `{ $id }` — из { $own }

# the status of a figure follows from its release and changes when the next one is loaded
m-4a29fe64 = статус значения следует из его выпуска и меняется, когда загружен следующий

# use a condition: `{{% if X1 is provisional %}}…{{% else %}}…{{% endif %}}`
m-29f4f34d = используйте условие: `{"{"}% if X1 is provisional %{"}"}…{"{"}% else %{"}"}…{"{"}% endif %{"}"}`

## src/prose/measures.rs

# `{id}` measures {measure}, but the text says “{written}”
m-7592179e = `{ $id }` измеряет { $measure }, а в тексте «{ $written }»

# the measure of a number follows from its rows
m-0691831a = величина числа следует из его строк

# print a number of the measure in the text, or name in the text the measure of the number
m-f0807a5c = печатайте число той величины, что в тексте, или назовите в тексте величину числа

# `{id}` measures {own}, but its `printed-change` measures {printed}
m-b1235b04 = `{ $id }` измеряет { $own }, а его `printed-change` — { $printed }

# the printed change is used if the levels do not give one
m-24f4ab5d = напечатанное изменение берётся, если уровни его не дают

# name the printed change of {own}, or delete the key
m-f855a090 = назовите напечатанное изменение { $own } или удалите ключ

## src/prose/mod.rs

# in: {shown}
m-5c52c359 = в: { $shown }

# a section cannot contain {what}
m-1e1b0eac = в разделе не может быть: { $what }

# `kosh handbook templates` lists what a section can contain
m-bf1480da = что может быть в разделе, перечисляет `kosh handbook templates`

# `{fact}` is missing: {reason}
m-8b96c4ef = нет значения `{ $fact }`: { $reason }

# write the text without this figure
m-8f13fbae = напишите текст без этого значения

# “{words}” is printed for the {end} of flows
m-dec1e73a = «{ $words }» печатается для потоков: { $end }

# exchange the words of `origins` and `destinations`
m-dbc751e2 = поменяйте местами слова `origins` и `destinations`

# compare facts by `==`, `<` and so on, and print them by a filter
m-f6d69918 = сравнивайте факты через `==`, `<` и так далее, а печатайте через фильтр

# there is nothing with the name `{first}`
m-76a7e3f8 = ничего с именем `{ $first }` нет

# `{first}` has no `{attribute}`
m-626012b8 = у `{ $first }` нет `{ $attribute }`

# the template needs too many steps
m-88c03533 = шаблону нужно слишком много шагов

# the template calls itself endlessly
m-c9ae98ad = шаблон бесконечно вызывает сам себя

# there is no {kind} `{unknown}`
m-7d1d9a3c = нет такого: { $kind } `{ $unknown }`

# this value does not exist
m-33c96613 = этого значения нет

# the text says “{words}”, but nothing here is declared as not published
m-74538ad2 = в тексте «{ $words }», но здесь ничего не объявлено неопубликованным

# figures that are not in the data may have been published nevertheless
m-947b3d81 = то, чего нет в данных, всё же могли опубликовать

# write “not in the data used”; or use the condition `{{% if X1 is unpublished %}}`, which is true if the coverage table declares it with a source
m-b4d0e2ee = напишите «нет в использованных данных» или используйте условие `{"{"}% if X1 is unpublished %{"}"}`, которое верно, если это с источником объявлено в таблице охвата

# not a valid template: {error}
m-a6990c2b = недопустимый шаблон: { $error }

# not a valid template: syntax error
m-c9655078 = недопустимый шаблон: синтаксическая ошибка

# the expressions of this template cannot be read
m-8f993d96 = выражения этого шаблона не читаются

# write them more simply, or in several steps with `set`
m-eca6ec6e = напишите их проще или в несколько шагов через `set`

# U+{u32} is reserved for the program's own use
m-355a007a = U+{ $u32 } kosh оставляет для себя

# delete the character
m-e1bb98c6 = удалите знак

# this template is nested too deep
m-5ad079c2 = этот шаблон слишком глубоко вложен

# each `not`, `else` and `elif` is nested in the one before
m-4602136d = каждое `not`, `else` и `elif` вложено в предыдущее

# write it more simply, or in several steps with `set`
m-46bcac79 = напишите его проще или в несколько шагов через `set`

## src/prose/objects.rs

# {value} is made text without a filter
m-6ba85b15 = { $value } превращается в текст без фильтра

# {value} is compared by the template engine
m-31e1859b = { $value } сравнивает сам движок шаблонов

## src/prose/order.rs

# the text says “{written}”, but according to `{id}` there is not more {greater} than {lesser}
m-04e57f37 = в тексте «{ $written }», но по `{ $id }` { $greater } не больше, чем { $lesser }

# the data decide which of the two is greater, and this can change with the next release
m-92a6bc47 = что из двух больше, решают данные, и со следующим выпуском это может измениться

# add a condition on the balance: `{{% if {id} is positive %}}`, or `is negative`
m-0460dad1 = добавьте условие о сальдо: `{"{"}% if { $id } is positive %{"}"}` или `is negative`

# the text says “{written}”, but `{id}` is per {per}
m-01a300fd = в тексте «{ $written }», а `{ $id }` — на { $per }

# the text says “{written}”, but `{id}` is not a rate
m-d0a8695b = в тексте «{ $written }», а `{ $id }` — не коэффициент

# the base of a rate is part of the number: per 10,000 it is ten times as large as per 1,000
m-39c53dbe = база коэффициента — часть числа: на 10 000 он в десять раз больше, чем на 1 000

# write the base of the indicator’s `per`, or change the indicator
m-770f4f81 = напишите базу из `per` показателя или измените показатель

## src/prose/periods.rs

# `{key}` names {named}, but the values below it are for {own}
m-372f098a = `{ $key }` называет { $named }, а значения под ним — за { $own }

# readers take a value for that of the time that is named above it
m-43c9118d = читатели относят значение к времени, названному над ним

# print the time of the values: `{{{{ period | short }}}}`, or `{{{{ period.base | short }}}}` over those of a year earlier
m-13f5d7d2 = печатайте время значений: `{"{"}{"{"} period | short {"}"}{"}"}`, а над значениями годом ранее — `{"{"}{"{"} period.base | short {"}"}{"}"}`

# a year earlier
m-bb391af9 = годом ранее

# `{id}` is for {time}, but the text does not say so
m-c141dfe2 = `{ $id }` — за { $time }, но текст этого не говорит

# readers take a value without a time for that of the period
m-f157f77b = значение без времени читатели относят к периоду

# name its time with `{{{{ period.base | nom }}}}` in a form of your language, or write “a year earlier”
m-9a191250 = назовите его время через `{"{"}{"{"} period.base | nom {"}"}{"}"}` в форме вашего языка или напишите «годом ранее»

# name its time with `{{{{ {id}.time | nom }}}}` in a form of your language
m-4a3362b5 = назовите его время через `{"{"}{"{"} { $id }.time | nom {"}"}{"}"}` в форме вашего языка

# , which is for {time}
m-3ff1229c = , а он — за { $time }

# the year {year} is typed next to `{id}`{time}
m-3007a194 = рядом с `{ $id }`{ $time } напечатан вручную год { $year }

# a typed year does not change with the period
m-04f9a2dd = напечатанный вручную год не меняется вместе с периодом

# print the time of the figure with `{{{{ period | nom }}}}` or `{{{{ X1.time | nom }}}}` in a form of your language
m-ad14e46e = печатайте время значения через `{"{"}{"{"} period | nom {"}"}{"}"}` или `{"{"}{"{"} X1.time | nom {"}"}{"}"}` в форме вашего языка

# `{id}` is for {time}, but the text says “{typed}”
m-15cb0b6a = `{ $id }` — за { $time }, а в тексте «{ $typed }»

# no number in the text covers so many months
m-37aea8ac = ни одно число в тексте не охватывает столько месяцев

# print the period with `{{{{ period | nom }}}}` in a form of your language
m-7870534d = печатайте период через `{"{"}{"{"} period | nom {"}"}{"}"}` в форме вашего языка

# a typed month or season does not change with the period
m-8d013618 = напечатанный вручную месяц или сезон не меняется вместе с периодом

# `{id}` is for {time}, but the text names {called}
m-646b7114 = `{ $id }` — за { $time }, а текст называет { $called }

# no number in the text is for a period that the text names
m-4ec4364c = ни одно число в тексте не относится к периоду, который текст называет

# print the time of the figure with `{{{{ X1.time | nom }}}}` in a form of your language
m-5b27a7ce = печатайте время значения через `{"{"}{"{"} X1.time | nom {"}"}{"}"}` в форме вашего языка

# `{id}` is for {time}, but the text calls it “{called}”
m-7e384561 = `{ $id }` — за { $time }, а в тексте это «{ $called }»

# a total from January is not the figure of its last quarter, which is the difference of two totals
m-b129a0ec = итог с января — не значение последнего квартала: то — разность двух итогов

# name the period of the figure, or print another fact
m-763e73c1 = назовите период значения или печатайте другой факт

# print the quarter with `{id}.quarter`, or print the period of the figure with `period`
m-a3dd863f = печатайте квартал через `{ $id }.quarter` или период значения через `period`

## src/prose/strings.rs

# U+{code} is reserved for the program's own use
m-1495a82b = U+{ $code } kosh оставляет для себя

# `{key}` is {other}, not a phrase
m-825bb0f1 = `{ $key }` — { $other }, а не фраза

# put the words between quotation marks
m-e42227b0 = возьмите слова в кавычки

# the phrase `{key}` is not translated
m-f9f46fa5 = фраза `{ $key }` не переведена

# add `{name} = "…"` under `[{table}]`
m-9d2dc148 = добавьте `{ $name } = "…"` в `[{ $table }]`

## src/publish/archive.rs

# the archive cannot be made: {error}
m-ad3824db = архив нельзя создать: { $error }

# send the files of the folder instead
m-7626ba27 = отправьте вместо него файлы папки

# no archive is made of an issue that was altered: {what}
m-74f02283 = архив изменённого выпуска не создаётся: { $what }

# build the brief again, or restore the published version from a copy
m-42c081f2 = соберите обзор заново или восстановите опубликованную версию из копии

## src/publish/checks.rs

# the time is {now}
m-c252c8f1 = сейчас { $now }

# release after that; if the calendar has changed, change `embargo`
m-1282eb07 = выпускайте после этого; если календарь изменился, измените `embargo`

# the next release of {next} is not after this one of {now}
m-a8d4b81c = следующий выпуск, { $next }, — не позже этого, { $now }

# the day is printed on the first page
m-2de9b06f = день печатается на первой странице

# set `next-release` to the day of the release after this one
m-a54c11cd = задайте в `next-release` день выпуска, следующего за этим

# a published version must not change: readers have its checksums
m-4542788c = опубликованная версия не должна меняться: её контрольные суммы есть у читателей

# restore the folder from a copy; publish a correction as a new version
m-b77ec2e6 = восстановите папку из копии; исправление опубликуйте новой версией

# version {expected} is missing
m-5114471f = нет версии { $expected }

# version {number} was changed: {wrong}
m-88d50eae = версия { $number } изменена: { $wrong }

# `{name}` of version {number} belongs to version {number_2}
m-a02b9b51 = `{ $name }` версии { $number } относится к версии { $number_2 }

# `{name}` of version {number} cannot be read: {reason}
m-55034e9c = `{ $name }` версии { $number } не читается: { $reason }

# there is no text in `{lang}` about what version {number} corrects
m-e1b871ef = нет текста на `{ $lang }` о том, что исправляет версия { $number }

# version {number} of {period} was published on {previous}, and the brief is different now
m-1713c3b6 = версия { $number } за { $period } опубликована { $previous }, а обзор теперь другой

# write the text into this file, or add `--correction {lang}="…"`
m-56b23869 = напишите текст в этот файл или добавьте `--correction { $lang }="…"`

# the text of the correction is empty
m-8e5f0dce = текст исправления пуст

# write what was wrong and what is right
m-2edfdcd3 = напишите, что было неверно и как верно

# no brief of {period} has been published, so there is nothing to correct
m-a15999e6 = обзор за { $period } ещё не публиковался, поэтому исправлять нечего

# omit `--correction`
m-a29f026a = уберите `--correction`

# a correction is written in the languages of the brief
m-3a0127b0 = исправление пишут на языках обзора

# `--leave-out-later` publishes the figures of that day nevertheless
m-96534545 = с `--leave-out-later` данные на тот день публикуются всё равно

# settle it; or, if it is right as it is, write this into `brief.toml` with a reason:
# {block}
m-cb7b2123 = устраните его или, если всё верно, запишите в `brief.toml` с причиной:{"\u000A"}{ $block }

# a warning prevents the release
m-012ef24d = предупреждение не даёт выпустить обзор

# {count} warnings prevent the release
m-250d6405 = { $count } { $count ->
        [one] предупреждение не даёт
        [few] предупреждения не дают
       *[other] предупреждений не дают
    } выпустить обзор

# all of them are listed, because a release is final
m-72e887aa = перечислены все, потому что выпуск окончателен

# settle each warning, or allow it with a reason by `[[allow]]` in `brief.toml`; the reasons are recorded with the release
m-b55fbf59 = устраните каждое или разрешите его с причиной: `[[allow]]` в `brief.toml`; причины записываются вместе с выпуском

## src/publish/verify.rs

# there is no release in {names}
m-3c6c2110 = в { $names } нет выпуска

# a release is a folder with the `{name}` that `kosh build` writes
m-7b9e396a = выпуск — это папка с файлом `{ $name }`, который пишет `kosh build`

# name the folder of a release, or one above it
m-ae5d1277 = назовите папку выпуска или папку над ней

# the manifest names no period: {message}
m-26b1f3ee = манифест не называет период: { $message }

# the manifest names a form `{stem}` that this version of kosh does not have
m-69ad549a = манифест называет форму `{ $stem }`, которой в этой версии kosh нет

## src/quarter/asked.rs

# no row has a value
m-4a068ca8 = ни в одной строке нет значения

# write the figures into the column `value`
m-4cb60b64 = впишите значения в столбец `value`

# the row to fill in has {before}, not {value}
m-250e0466 = в строке для заполнения { $before }, а не { $value }

# filled in with {before}
m-411a5dd5 = заполнено: { $before }

# no row to fill in is that of {key} for {time} (`{table}`)
m-6b130b73 = среди строк для заполнения нет { $key } за { $time } (`{ $table }`)

# leave the first three columns as `kosh missing --csv` wrote them
m-68bb71a0 = оставьте первые три столбца такими, какими их записал `kosh missing --csv`

# if the figure was entered in the meantime, delete its row
m-48e367b0 = если это значение тем временем уже внесли, удалите его строку

# the column `{name}` is missing
m-20b41d57 = нет столбца `{ $name }`

# `kosh missing --csv` writes the table with its columns
m-bc62b870 = таблицу с нужными столбцами записывает `kosh missing --csv`

# this row has {number_of_fields} fields, the header {number_of_header}
m-32f8151c = в этой строке { $number_of_fields } { $number_of_fields ->
        [one] поле
        [few] поля
       *[other] полей
    }, а в заголовке — { $number_of_header }

# a text with the separator in it must be between quotation marks: save the table from a spreadsheet program
m-7844d554 = текст, в котором есть разделитель, должен быть в кавычках: сохраните таблицу из программы электронных таблиц

# this figure has a value on line {line} too
m-b518a680 = у этого показателя есть значение и в строке { $line }

## src/quarter/awaited.rs

# it is unknown which figures a brief of {period} needs
m-ad3b89a0 = неизвестно, какие данные нужны обзору за { $period }

# there is no brief for the same months of any of the three years before
m-41b86f89 = ни за один из трёх прошлых лет нет обзора за те же месяцы

# a brief is about a period that begins in January
m-39abe82b = обзор — о периоде, который начинается с января

# periods that can be built: {short}
m-51abe6a5 = периоды, которые можно собрать: { $short }

## src/quarter/take.rs

# no row of {shown} has a value
m-73216200 = ни в одной строке { $shown } нет значения

# fill in the column of the value; `kosh quarter {period} --write` writes the rows
m-91adeb65 = заполните столбец значения; строки пишет `kosh quarter { $period } --write`

# the columns must be those of `{path}`, and `{waits}`
m-113405bd = столбцы должны быть как в `{ $path }` и `{ $waits }`

# `{name_2}` has no column `{name}`
m-a806c16b = в `{ $name_2 }` нет столбца `{ $name }`

# the column `{name}` is there twice
m-26ae3a71 = столбец `{ $name }` стоит дважды

# this row has {number_of_fields} fields, and the header {width}
m-cc7fc334 = в этой строке полей { $number_of_fields }, а в заголовке { $width }

# the filled rows contradict the data
m-6ff0f873 = заполненные строки противоречат данным

# correct these rows; rows without a value are not affected
m-287c1ee4 = исправьте эти строки; строки без значения это не затрагивает

## src/recipes/areas.rs

# the sheet `{sheet}` is empty
m-79b15aa3 = лист `{ $sheet }` пуст

# the area `{name}` of sheet `{sheet}` has no cells
m-d0ab5c67 = в области `{ $name }` листа `{ $sheet }` нет ячеек

# its end is before its beginning
m-a3235936 = её конец раньше её начала

# check the anchors with `kosh recipe picture`
m-62b24e2b = проверьте привязки: `kosh recipe picture`

# {number_of_several} cells of sheet `{sheet}` match the anchor, but it must match one
m-5b4e8fea = под привязку подходят { $number_of_several } { $number_of_several ->
        [one] ячейка
        [few] ячейки
       *[other] ячеек
    } листа `{ $sheet }`, а должна одна

# write `or-end = true` if the table may end with the sheet
m-9d79afc6 = напишите `or-end = true`, если таблица может кончаться вместе с листом

# no cell of sheet `{sheet}` matches the anchor
m-853d43dc = под привязку не подходит ни одна ячейка листа `{ $sheet }`

# no cell of sheet `{sheet}` has the text `{text}`
m-cd7c0f8c = ни в одной ячейке листа `{ $sheet }` нет текста `{ $text }`

# an area is found by its anchor; without it none of its cells is read
m-cb32e50f = область находят по привязке; без неё ни одна её ячейка не читается

# write the present text of the sheet, if only its wording has changed
m-cc3dd11d = напишите нынешний текст листа, если изменилась только формулировка

## src/recipes/attributes.rs

# this row is for `{text}`, but the rows above are for `{known}`
m-03d49a2f = эта строка — для `{ $text }`, а строки выше — для `{ $known }`

# figures of two datasets can have the same name and different meanings
m-3151f648 = у значений двух наборов могут быть одни названия и разный смысл

# export each dataset to its own file
m-d6dacef7 = выгрузите каждый набор в свой файл

# status of a figure
m-c8edb56d = статус значения

# CONF_STATUS
m-f75a245a = CONF_STATUS

# power of ten in UNIT_MULT
m-f23c09e6 = степень десяти в UNIT_MULT

# count of DECIMALS
m-c11afe8f = число знаков DECIMALS

# this row asks to delete a figure
m-cdeecec6 = эта строка просит удалить значение

# kosh never deletes a row: a revision is a row of a new release
m-5bccc20f = kosh никогда не удаляет строку: пересмотр — это строка нового выпуска

# remove the row from the file, and check the figure in the table
m-d02b9c7d = уберите строку из файла и проверьте значение в таблице

# ACTION
m-1c3ec9bf = ACTION

# `{code}` is not a known {what}
m-f8cb33b1 = `{ $code }` — неизвестно, какой это { $what }

# an attribute can say that a figure is not usable
m-93144bf6 = атрибут может говорить, что значением пользоваться нельзя

# look the code up in the definition of the dataset; if it does not concern the figure, omit `attributes` and list its column with a reason under `ignore`
m-12ce1e70 = найдите код в описании набора; если он не касается значения, уберите `attributes` и перечислите его столбец с причиной в `ignore`

## src/recipes/code.rs

# `{code}` is {one}, and its label `{label}` is {other}
m-3cd620e1 = `{ $code }` — это { $one }, а его подпись `{ $label }` — { $other }

# one of the two means something else in these data than in the file
m-9bf10cd1 = одно из двух в этих данных значит не то, что в файле

# say `codes` of the dimension `{name}` in the recipe
m-e706a4c1 = задайте в рецепте `codes` измерения `{ $name }`

# its label is `{label}`
m-6fef3551 = его подпись — `{ $label }`

# the column `{name}` does not point to a register with names
m-a9e521fe = столбец `{ $name }` не указывает на реестр с названиями

# write `codes = {{ "TEXT" = "CODE" }}` for the dimension
m-1560a1e2 = напишите для измерения `codes = {"{"} "TEXT" = "CODE" {"}"}`

# `{part}` has no code of `{name}`
m-24d08608 = у `{ $part }` нет кода `{ $name }`

# write it under `codes` of the dimension, as `"{part}" = "CODE"`, if it is one of its members
m-0c1dc7c2 = впишите его в `codes` измерения, `"{ $part }" = "CODE"`, если это один из его элементов

# `{text}` has no part that says `{name}`
m-f6863170 = в `{ $text }` нет части, которая говорит `{ $name }`

# the part is found by the pattern `{regex}`
m-31e6b624 = часть ищется по образцу `{ $regex }`

# change `part` of the dimension, or `cells` if this is not one of its headers
m-2485423f = измените `part` измерения или, если это не его заголовок, `cells`

## src/recipes/draft/mod.rs

# write the recipe by hand: `kosh handbook import` shows one
m-41524bf5 = напишите рецепт вручную: пример показывает `kosh handbook import`

# no sheet has a block of figures
m-398a6f41 = ни на одном листе нет блока чисел

# the data have no table `{name}`
m-88c339d0 = в данных нет таблицы `{ $name }`

# the data have no table
m-e9a06fb9 = в данных нет этой таблицы

## src/recipes/expect.rs

# the figure of {second} appears twice
m-70f9d549 = значение для { $second } встречается дважды

# the first one is here
m-793dcf54 = первое — здесь

# two headers were read as the same, or one of them is wrong in the sheet
m-1f66c553 = два заголовка прочитаны как одинаковые, или один из них на листе неверен

# add to the recipe what distinguishes the two, or ignore one of them
m-c03907b6 = добавьте в рецепт то, что их различает, или пропустите один из них

# {time} has {number_of_figures} figures, but the recipe expects {count}
m-5ae1c8a1 = за { $time } значений { $number_of_figures }, а рецепт ожидает { $count }

# {time} has {number_of_codes} members of `{name}`, but the recipe expects {wanted}
m-ec5d4ea2 = за { $time } элементов `{ $name }` { $number_of_codes }, а рецепт ожидает { $wanted }

# they are {listed}
m-831b2128 = это { $listed }

# expected here
m-0e3653c5 = ожидается здесь

# the first figure
m-0838d6da = первое значение

# a row or column was added, was removed or was not found
m-67097eac = строку или столбец добавили, убрали или не нашли

# check the sheet with `kosh recipe picture`; if the sheet is right, change the number
m-f513c11a = проверьте лист: `kosh recipe picture`; если лист верен, измените число

# no figure belongs to this sum
m-a2d8ffe2 = к этой сумме не относится ни одно значение

# {named} has no `{code}`, which should be the sum
m-a85ce5ff = у { $named } нет `{ $code }`, который должен быть суммой

# delete the sum from `[expect]` if the sheet has no total
m-23486077 = удалите сумму из `[expect]`, если на листе нет итога

# {named}: {number_of_parts} figures over `{over}` add up to {added}, but the total is {target}
m-0e6eb4e5 = { $named }: { $number_of_parts } { $number_of_parts ->
        [one] значение
        [few] значения
       *[other] значений
    } по `{ $over }` в сумме дают { $added }, а итог — { $target }

# the difference is {target}
m-364440a0 = разница — { $target }

# they are {parts}
m-600785e9 = это { $parts }

# compare the figures with the publication; a row may be missing or counted twice
m-4e13fc8a = сверьте значения с публикацией; строки может не хватать, или она учтена дважды

# {named}: `{result}` is {result_2}, but its components give {expected}
m-8035e701 = { $named }: `{ $result }` — { $result_2 }, а его составляющие дают { $expected }

# it is computed from {parts}
m-33a8d221 = вычислено по { $parts }

# compare the figures with the publication: one of them may be wrong, or may lack its sign
m-b7c3b425 = сверьте значения с публикацией: одно может быть неверным или без знака

# no figures belong to this balance
m-90f539fd = к этому сальдо не относится ни одно значение

# check that `result`, `plus` and `minus` are codes of the dimension
m-09a5e080 = проверьте, что `result`, `plus` и `minus` — коды измерения

## src/recipes/mod.rs

# `{name}` selects cells by their formatting, but this kind of file has none
m-bad20244 = `{ $name }` выбирает ячейки по оформлению, а у файлов этого вида его нет

# kosh reads bold, italic and indents from xlsx and xls files
m-cfddda6e = полужирный, курсив и отступы kosh читает из файлов xlsx и xls

# save the file as xlsx, or select the cells by their text
m-7a662585 = сохраните файл как xlsx или выбирайте ячейки по тексту

# the recipe finds no figure
m-e4922953 = рецепт не находит ни одного значения

# check the sheet with `kosh recipe picture`
m-9bbc9cc8 = проверьте лист: `kosh recipe picture`

# the sheet {first} is hidden
m-429cc59f = лист { $first } скрыт

# people who look at the file do not see it
m-3a45f149 = тот, кто смотрит файл, его не видит

# write `sheets = "read"` or `"ignore"` under `[hidden]` of the recipe
m-56156a38 = напишите `sheets = "read"` или `"ignore"` в `[hidden]` рецепта

# there is no sheet with the name in the recipe
m-965b97d5 = листа с именем из рецепта нет

# the file has {others}
m-316653c3 = в файле { $others }

# change `name` under `[sheets]` of the recipe if the sheet has only been renamed
m-5d12e105 = измените `name` в `[sheets]` рецепта, если лист только переименовали

# the recipe is for one sheet, but {number_of_several} match
m-e2739eba = рецепт — для одного листа, а подходят { $number_of_several }

# they are {several}
m-6f2a716f = это { $several }

# write `name` under `[sheets]`, and `several = true` to read all of them
m-c89fd880 = напишите `name` в `[sheets]` и `several = true`, чтобы читать все

## src/recipes/names/read.rs

# the header of the list of aliases is wrong
m-70bce3d1 = заголовок списка вариантов названий неверен

# it has the columns {value}, but `name` and `code` are required
m-3e4d103a = в нём столбцы { $value }, а нужны `name` и `code`

# write `{value}` as the first line
m-1d6eedd6 = первой строкой напишите `{ $value }`

# `{code}` is not a code of `{register}`
m-3dbee4fd = `{ $code }` — не код реестра `{ $register }`

# `{written}` in `{column}` is not a day, month or year
m-3a2ca95d = `{ $written }` в `{ $column }` — не день, не месяц и не год

# write it as 2018-06-19, 2018-06 or 2018
m-4058b604 = напишите как 2018-06-19, 2018-06 или 2018

# a row without a name
m-3779491e = строка без названия

# the names cannot be read: {error}
m-6c798b12 = названия не читаются: { $error }

## src/recipes/names/refuse.rs

# `{shown}` is not a known name of `{register}`
m-1c212386 = `{ $shown }` — неизвестное название в `{ $register }`

# the nearest are {all}; kosh does not choose one by itself
m-f2fd2770 = ближайшие — { $all }; сам kosh не выбирает

# if it is one of them, add a line to `{path}`: {shown},{code},,,,
m-d858fbe4 = если это одно из них, добавьте в `{ $path }` строку: { $shown },{ $code },,,,

# if it is another place, leave its row out: claim it under `ignore`
m-f6f1fef3 = если это другое место, исключите его строку: укажите её в `ignore`

# `{shown}` is ambiguous: {named}
m-0c5c70d7 = `{ $shown }` неоднозначно: { $named }

# add `parent` to the recipe: the cell that names the larger region
m-04f726e6 = добавьте в рецепт `parent` — ячейку, которая называет более крупный регион

# distinguish them in `{aliases}`, by the column `parent` or by the times of each
m-852731c8 = различите их в `{ $aliases }`: столбцом `parent` или временем каждого

#  for {time}
m-e7d120e9 = {" "}за { $time }

#  in {parent}
m-ff301bf0 = {" "}в { $parent }

#  from {from}
m-79db5e1d = {" "}с { $from }

#  up to {until}
m-b5a321b1 = {" "}по { $until }

# `{shown}` is not a known name here{time}
m-5827eabd = `{ $shown }` — здесь{ $time } такое название неизвестно

# it is a name of {known}
m-c3fe74c4 = это название { $known }

# check whether the row is under another region or is for another time
m-2fd98c8e = проверьте, не стоит ли строка под другим регионом и не за другое ли она время

## src/recipes/periods/code.rs

# write `months = "discrete"` if it is that month, `months = "cumulative"` if it is all months from January
m-2498fded = напишите `months = "discrete"`, если это один месяц, `months = "cumulative"`, если все месяцы с января

# only the code of December is known to mean a whole year
m-1509afdb = про один только код декабря известно, что он означает весь год

# write `months = "discrete"` if the stocks are monthly
m-2505ab1f = напишите `months = "discrete"`, если запасы месячные

## src/recipes/periods/label.rs

# it contains no year
m-b2a0f2b9 = в нём нет года

## src/recipes/periods.rs

# `{unknown}` is not a word of a period
m-47ee55e6 = `{ $unknown }` — не слово периода

# `{text}` is not a period
m-d4e1d325 = `{ $text }` — не период

# if it does not name a period, remove it from the cells of this dimension
m-c189fb86 = если это не название периода, уберите его из ячеек этого измерения

# if it is a word that kosh should know, add it to `templates/reading/LANG.toml`
m-c5e8ed58 = если это слово kosh должен знать, добавьте его в `templates/reading/LANG.toml`

# `{text}` can be two periods: {one} or {other}
m-c6fed734 = `{ $text }` может быть двумя периодами: { $one } или { $other }

# `{moment}` is a day, but a period is expected
m-13362f57 = `{ $moment }` — день, а ожидается период

# spreadsheet programs turn texts such as 1.2025 or Jan 2025 into days
m-66e59fc6 = программы электронных таблиц превращают в дни тексты вроде 1.2025 или янв 2025

# write `dates = "month"` if the days stand for their months, `dates = "day"` for stocks on a day
m-5fff81af = напишите `dates = "month"`, если дни означают свои месяцы, `dates = "day"` — для запасов на день

# write `quarters = "cumulative"` if the figures are totals from January, `quarters = "discrete"` if not
m-4392a222 = напишите `quarters = "cumulative"`, если значения — итоги с января, и `quarters = "discrete"`, если нет

## src/recipes/recipe/cells.rs

# the area `{name}` has both of {words}
m-8881237d = у области `{ $name }` есть и то и другое: { $words }

# `at` and `below`
m-0d1995b8 = `at` и `below`

# `at-column` and `right-of`
m-4e5d46a8 = `at-column` и `right-of`

# `at` and `above`
m-af61c2a8 = `at` и `above`

# `at-column` and `left-of`
m-5f52bd67 = `at-column` и `left-of`

# the area `{name}` cannot have no {word}
m-1233adba = у области `{ $name }` не может быть пустого `{ $word }`

# the area `{name}` has both `{word}` and an end
m-73dc23b2 = у области `{ $name }` есть и `{ $word }`, и конец

# this anchor does not describe a cell
m-b61453ac = эта привязка не описывает ячейку

# write its `text`, a `pattern` or a `lexicon`
m-558f8226 = напишите её `text`, `pattern` или `lexicon`

## src/recipes/recipe/columns.rs

# there is no reason why the column `{head}` is left out
m-bf7cdaaa = нет причины, почему столбец `{ $head }` пропущен

# `{name}` is read from a column, but there are no `[columns]`
m-937166c6 = `{ $name }` читается из столбца, но `[columns]` нет

# name the column of figures: `[columns]` with `value = "HEAD"`
m-eef23ba6 = назовите столбец значений: `[columns]` с `value = "HEAD"`

# `{name}` has `column` together with another key for the same
m-06daa7a4 = у `{ $name }` вместе с `column` есть ещё один ключ о том же

# `{name}` has `repeated-in`, but names no `column`
m-6bf4f850 = у `{ $name }` есть `repeated-in`, но `column` не назван

# write `column = "HEAD"` for the column that counts
m-007d0a2c = напишите `column = "HEAD"` для столбца, который считается

## src/recipes/recipe/dimensions.rs

# the dimension `{name}` is described twice
m-aa4ad0d6 = измерение `{ $name }` описано дважды

# the recipe has no dimensions
m-9a49a542 = в рецепте нет измерений

# a joined text cannot be a part of another
m-2d7bc98a = составной текст не может быть частью другого

# the recipe does not say how `{name}` becomes a code
m-f301c368 = рецепт не говорит, как `{ $name }` становится кодом

# write `read = "name"`, `"period"` or `"code"`, or a table `codes`
m-3488c70f = напишите `read = "name"`, `"period"` или `"code"` либо таблицу `codes`

# there is no dimension `{parent}`
m-50e22716 = нет измерения `{ $parent }`

# `{name}` has keys for periods, but is not read as a period
m-4729f8a9 = у `{ $name }` есть ключи для периодов, но как период оно не читается

# write `read = "period"`
m-4d855bc6 = напишите `read = "period"`

# `{name}` has both `read` and `codes`
m-f72aa4a4 = у `{ $name }` есть и `read`, и `codes`

# delete one of them: a text is looked up in one place
m-ed5b7afe = удалите одно из них: текст ищут в одном месте

# `{name}` needs exactly one of `cells`, `value`, `title`, `name-of` and `join`
m-dd0a6270 = `{ $name }` нужно ровно одно из `cells`, `value`, `title`, `name-of` и `join`

# `{name}` needs exactly one of `directly`, `closest` and `by = "merge"`
m-ac136db0 = `{ $name }` нужно ровно одно из `directly`, `closest` и `by = "merge"`

# `{name}` is looked up by `closest` without an area
m-41296ed3 = `{ $name }` ищется по `closest` без области

# write `in = "AREA"`: without it a header could get the figures of another one
m-885cb189 = напишите `in = "AREA"`: без этого заголовку могли бы достаться значения другого

# `{name}` has no `cells` to look up
m-fa18281b = у `{ $name }` нет `cells`, чтобы искать

# there is no dimension `{name}` to be joined
m-9ecad27c = нет измерения `{ $name }`, чтобы присоединить

## src/recipes/recipe/questions.rs

# the question at `{name}` is not answered
m-9f26d6e0 = на вопрос в `{ $name }` нет ответа

# a draft has `?` where only a person can say what is meant
m-46499b85 = в черновике стоит `?` там, где только человек может сказать, что имеется в виду

# write why this is not needed; or make it a dimension if it says something of the figures
m-7edb70f9 = напишите, почему это не нужно, или сделайте это измерением, если оно что-то говорит о значениях

# write the code that `{said}` stands for
m-1ac60308 = напишите код, который обозначает `{ $said }`

# write the code of the figures
m-7fce6c33 = напишите код значений

# write it, or delete the line and say it with `{name}`
m-3379bf36 = напишите это или удалите строку и задайте через `{ $name }`

## src/recipes/recipe/reader.rs

# the name `{name}` is reserved for the area of `[columns]`
m-1c6eb109 = имя `{ $name }` оставлено для области `[columns]`

# `{pattern}` is not a regular expression: {last}
m-78915c25 = `{ $pattern }` — не регулярное выражение: { $last }

# there is no area `{name}` above this one
m-211bdd79 = выше этой области нет области `{ $name }`

# describe it as `[areas.{name}]`
m-c596bfa0 = опишите её как `[areas.{ $name }]`

# `ignore` needs exactly one of `cells`, `rows-of` and `columns-of`
m-2730fcb7 = `ignore` нужно ровно одно из `cells`, `rows-of` и `columns-of`

# `because` is empty
m-e1b5808c = `because` пусто

# write why these cells contain nothing that is needed
m-9d275717 = напишите, почему в этих ячейках нет ничего нужного

# the sum over `{over}` does not say which member it equals
m-15a4ecf9 = сумма по `{ $over }` не говорит, какому элементу она равна

# write `equals = {{ {over} = "CODE" }}`, or a number
m-11fe93c1 = напишите `equals = {"{"} { $over } = "CODE" {"}"}` или число

# there is no dimension `{name}`
m-221608ed = нет измерения `{ $name }`

## src/recipes/recipe/sentences.rs

# a sentence needs either `figures` or `because`
m-8ef86593 = предложению нужно либо `figures`, либо `because`

# the pattern has no group `{group}`
m-9a7b5763 = в образце нет группы `{ $group }`

# write `(?<{group}>…)` around the figure
m-6a8aeccf = напишите `(?<{ $group }>…)` вокруг числа

# the recipe does not say what the figure `{group}` is
m-12f21745 = рецепт не говорит, что за число `{ $group }`

# write `{group} = {{ DIMENSION = "CODE" }}` under `figures`
m-306cb937 = напишите `{ $group } = {"{"} DIMENSION = "CODE" {"}"}` в `figures`

# the recipe does not give `{name}` of the figure `{group}`
m-cdd82455 = рецепт не даёт `{ $name }` числа `{ $group }`

## src/recipes/recipe/values.rs

# the recipe has both `in` for an area of figures and `[columns]`
m-e3b8d267 = в рецепте есть и `in` для области значений, и `[columns]`

# the recipe does not say where its figures are
m-454d4a17 = рецепт не говорит, где его значения

# write `in = "AREA"` under `[values]`, or use `[columns]` for a table with one row for each figure
m-e7a32aac = напишите `in = "AREA"` в `[values]` или, если на каждое значение одна строка, используйте `[columns]`

# the decimal mark is neither a comma nor a full stop
m-13eadf74 = десятичный знак — не запятая и не точка

# `{scale}` is not a valid scale
m-1fced103 = `{ $scale }` — недопустимый множитель

# `{step}` is not a valid rounding
m-3eb7ab97 = `{ $step }` — недопустимое округление

# write `unit = "persons"` under `[values]`
m-a62676e3 = напишите `unit = "persons"` в `[values]`

## src/recipes/recipe.rs

# `{said}` is not a known {what}
m-0e7fb731 = `{ $said }` — неизвестно: { $what }

# the recipe does not give `{name}` of a figure
m-4e8bbd28 = рецепт не даёт `{ $name }` значения

# it is required in the table `{table}`
m-04b85a89 = в таблице `{ $table }` это обязательно

# add an entry to `[[dimensions]]` with `name = "{name}"`
m-84f706c0 = добавьте запись в `[[dimensions]]` с `name = "{ $name }"`

# the table `{table}` has no dimension `{name}`
m-961af600 = в таблице `{ $table }` нет измерения `{ $name }`

## src/recipes/select.rs

# no column has the head `{text}`
m-eaf50aca = ни у одного столбца нет заголовка `{ $text }`

# sheet `{sheet}`
m-a4a8f079 = лист `{ $sheet }`

# kosh looks for the head of a column above the area
m-ce58af81 = заголовок столбца kosh ищет над областью

# {number_of_several} cells have the head `{text}`
m-f5f8493c = заголовок `{ $text }` у { $number_of_several } { $number_of_several ->
        [one] ячейки
        [few] ячеек
       *[other] ячеек
    }

# the cells are {cells}
m-9b41fa86 = ячейки: { $cells }

# describe the cell more exactly: by its text, `in` an area, or `which = "first"`
m-392139ca = опишите ячейку точнее: её текстом, областью в `in` или `which = "first"`

# the data have no register `{register}`
m-46138453 = в данных нет реестра `{ $register }`

## src/recipes/sheet/figures.rs

# `{text}` has the status of a missing figure: {note}
m-e2b6c6c5 = у `{ $text }` статус отсутствующего значения: { $note }

# either the status or the figure is wrong
m-cd524856 = неверны либо статус, либо значение

# correct the status or the figure in the file, or ask who published it
m-3175a2b7 = исправьте в файле статус или значение либо спросите того, кто его опубликовал

# there is a figure in the merged cells {area}
m-78c22374 = в объединённых ячейках { $area } стоит значение

# a figure belongs to one row and one column, but these cells belong to several
m-2cbee13f = значение относится к одной строке и одному столбцу, а эти ячейки — к нескольким

# undo the merge in the file, or ignore the cell with a reason
m-9a24b64d = разделите ячейки в файле или пропустите ячейку с указанием причины

# the figure `{text}` has no header of `{name}`
m-481a5e37 = у значения `{ $text }` нет заголовка для `{ $name }`

# the figure `{text}` has two headers of `{name}`
m-181f16d3 = у значения `{ $text }` два заголовка для `{ $name }`

# the nearest header of `{name}`, {area}, does not reach over `{text}`
m-19d7e83e = ближайший заголовок для `{ $name }`, { $area }, не доходит до `{ $text }`

# the figure `{text}` lies outside {area}, where headers of `{name}` are
m-9855cf37 = значение `{ $text }` — вне { $area }, где заголовки для `{ $name }`

# with the wrong header, a figure would be imported under the wrong name
m-2dea9782 = с неверным заголовком значение загрузилось бы под неверным названием

# one of them
m-c0195d72 = один из них

# the header
m-fd1ca191 = заголовок

# correct the sheet if a header has moved; or change `cells` and the lookup of `{name}` in the recipe
m-c6af0ba2 = исправьте лист, если заголовок сдвинулся, или измените в рецепте `cells` и способ поиска `{ $name }`

# the area of figures is too large to check for gaps
m-e3568823 = область значений слишком велика, чтобы искать в ней пропуски

# write `under` below `[values]`, or give the area an end
m-9d235519 = напишите `under` в `[values]` или задайте области конец

# the figure of {shown} is missing here
m-9c2e58ba = здесь нет значения для { $shown }

# an empty cell may mean zero or that the figure is unknown
m-ecd5ee66 = пустая ячейка может означать ноль или что значение неизвестно

# write `"" = "not-available"` (or `"zero"`) under `missing` of the recipe, if empty cells mean that on this sheet
m-860d4a71 = напишите `"" = "not-available"` (или `"zero"`) в `missing` рецепта, если пустые ячейки этого листа значат это

## src/recipes/sheet/headers.rs

# no cell of sheet `{sheet}` contains `{name}`
m-36fd78e9 = ни в одной ячейке листа `{ $sheet }` нет `{ $name }`

# `title` needs one cell for the whole sheet
m-e49fc4c0 = `title` нужна одна ячейка на весь лист

# {number_of_several} cells could be the title for `{name}`
m-12aa1807 = заголовком для `{ $name }` могут быть { $number_of_several } { $number_of_several ->
        [one] ячейка
        [few] ячейки
       *[other] ячеек
    }

# header of `{name}`
m-d21cf328 = заголовок `{ $name }`

# `{other}` is {code}, but `{one}` in the same row is {means}
m-c8f625f1 = `{ $other }` — это { $code }, а `{ $one }` в той же строке — { $means }

# `{name}` once more
m-9df50f54 = `{ $name }` ещё раз

# one of the two is wrong, and the figure belongs to one of them
m-3e84dbf4 = одно из двух неверно, а значение относится к одному из них

# compare the row with the publication, and correct the file
m-b18afdba = сверьте строку с публикацией и исправьте файл

## src/recipes/sheet/left_out.rs

# the {word} {number} is hidden and has content
m-5808a26b = { $word } { $number }: скрыто, но не пусто

# {many} {word}s are hidden and have content, {number} is the first
m-e8a85079 = { $word }: скрытых, но не пустых { $many }, первая — { $number }

# write `{word}s = "read"` or `"ignore"` under `[hidden]` of the recipe
m-4c6aed5f = напишите `{ $word }s = "read"` или `"ignore"` в `[hidden]` рецепта

## src/recipes/sheet/sentences.rs

# no sentence of `{sheet}` matches the pattern
m-204c9f59 = под образец не подходит ни одно предложение листа `{ $sheet }`

# the pattern
m-c4749d86 = образец

# a release with other wording may have another meaning
m-6a167f16 = у выпуска с другими словами может быть другой смысл

# read the release, and change `pattern` of the sentence to its words
m-63307a85 = прочтите выпуск и измените `pattern` предложения по его словам

# if a paragraph was broken into lines when it was copied, join them
m-49898b5a = если абзац при копировании разбился на строки, соедините их

# {number_of_several} sentences of `{sheet}` match the pattern, but it must match one
m-e0240403 = под образец подходят { $number_of_several } { $number_of_several ->
        [one] предложение
        [few] предложения
       *[other] предложений
    } листа `{ $sheet }`, а должно одно

# the cells are {several}
m-1f021855 = ячейки: { $several }

# make `pattern` of the sentence more exact
m-873adbc0 = уточните `pattern` предложения

# the recipe does not read the figure in `{quoted}`
m-2c7995d2 = рецепт не читает число в `{ $quoted }`

# a figure that the recipe does not know may be needed in the table
m-35234e84 = число, которого рецепт не знает, может быть нужно в таблице

# add a sentence with `figures` to the recipe, or one with `because` and the reason why it is not needed
m-10a4f51d = добавьте в рецепт предложение с `figures` или, если оно не нужно, предложение с причиной в `because`

## src/recipes/sheet/unclaimed.rs

#  (in `{name}`)
m-13fe4280 = {" "}(в `{ $name }`)

# the recipe does not claim the cell `{text}`{within}
m-b1e6f05b = рецепт ничего не говорит о ячейке `{ $text }`{ $within }

# a cell that the recipe does not know may be a new row
m-09dbbc0e = ячейка, которой рецепт не знает, может быть новой строкой

# add it to the `cells` of a dimension, or to `[[ignore]]` with the reason why it is not needed
m-a99f5eb6 = добавьте её в `cells` измерения или, с причиной, в `[[ignore]]`

# no figure belongs to the header `{text}` of `{name}`
m-bbd21b54 = к заголовку `{ $text }` для `{ $name }` не относится ни одно значение

# no figure belongs to {n} headers of `{name}`, `{text}` the first
m-d9dbd437 = ни одного значения нет у { $n } { $n ->
        [one] заголовка
        [few] заголовков
       *[other] заголовков
    } для `{ $name }`, первый — `{ $text }`

# the headers are {cells}
m-210701d5 = заголовки: { $cells }

# a header without figures may be an empty row, or may have moved
m-8dd6ca29 = заголовок без значений — возможно, пустая строка или сдвинулся

# if it has no figures on purpose, ignore it with a reason
m-479099d4 = если значений у него нет намеренно, пропустите его с указанием причины

## src/recipes/sheet.rs

# {count} more of this kind are not shown
m-4232fe2e = ещё { $count } того же вида не показано

## src/recipes/values.rs

# a formula without a result
m-de670e5e = формула без результата

# the program that made the file did not compute its formulas
m-204e78e1 = программа, которая сделала файл, не вычислила его формулы

# open it in a spreadsheet program and save it
m-16d3a593 = откройте его в программе электронных таблиц и сохраните

# a text in this cell is struck through
m-0bfa26d7 = в этой ячейке текст зачёркнут

# the sheet does not say whether it is still valid
m-e76aad3c = лист не говорит, действителен ли он ещё

# clear the cell or remove the line, as the source means it
m-a47b090c = очистите ячейку или уберите зачёркивание — смотря что имеет в виду источник

# the cell is empty, but a figure is expected
m-69deea29 = ячейка пуста, а ожидается значение

# write what an empty cell means: `"" = "not-available"` under `missing`
m-36d7db00 = напишите, что значит пустая ячейка: `"" = "not-available"` в `missing`

# `{content}` is a day, not a figure
m-e729c3a3 = `{ $content }` — день, а не значение

# spreadsheet programs turn texts such as 1.5 or 2-3 into days
m-53578d48 = программы электронных таблиц превращают в дни тексты вроде 1.5 или 2-3

# type the figure again in a cell with a number format
m-c39c80a5 = наберите значение заново в ячейке с числовым форматом

# `{content}` is not a figure
m-85db29b2 = `{ $content }` — не значение

# correct the formula, or clear the cell
m-a462dd29 = исправьте формулу или очистите ячейку

# `{figure}` percent is less than one: is it a fraction?
m-98312a6b = `{ $figure }` процента — меньше одного: не доля ли это?

# 0.189 in a cell without the format of a percentage is 0.189 percent
m-55d3b316 = 0,189 в ячейке без формата процентов — это 0,189 процента

# if it is a fraction, write `scale = 100`
m-3e2c1ff9 = если это доля, напишите `scale = 100`

# `{number}` is shown as a time, so it is not a figure
m-333428f6 = `{ $number }` показано как время, то есть это не значение

# give the cell a number format
m-57e6dbae = дайте ячейке числовой формат

# `{number}` is shown as a percentage
m-21b42558 = `{ $number }` показано как процент

# the recipe has another unit for these figures
m-128266ac = в рецепте у этих значений другая единица

# read the cells with percentages as another measure, with `unit = "percent"`
m-6867463b = читайте ячейки с процентами как другую величину, с `unit = "percent"`

# the format of `{number}` leaves thousands out
m-f2742404 = формат `{ $number }` убирает тысячи

# the stored number and the number on the screen differ by the factor of the format
m-f0cf24ab = хранимое число и число на экране отличаются на множитель формата

# give the cells the format `0` or `#,##0`, and check `scale`
m-8d659407 = дайте ячейкам формат `0` или `#,##0` и проверьте `scale`

# `{shown}` has more digits than can be kept
m-61e77bc9 = в `{ $shown }` больше цифр, чем можно хранить

# if brackets mean negative numbers, write `parentheses = true`
m-241c1dcb = если скобки означают отрицательные числа, напишите `parentheses = true`

# `{whole}` is a percentage
m-75eea6bf = `{ $whole }` — процент

# it is {thousands} if `{decimal}` separates thousands, or {plain}
m-b4f01265 = это { $thousands }, если `{ $decimal }` отделяет тысячи, или { $plain }

# if it separates thousands, write `group = "{decimal}"` and the decimal sign
m-0a93efd4 = если он отделяет тысячи, напишите `group = "{ $decimal }"` и десятичный знак

# if it is the decimal sign, write `rounded-to = 0.001`
m-61f6b62a = если это десятичный знак, напишите `rounded-to = 0.001`

# `{whole}` can be read in two ways
m-d418e660 = `{ $whole }` можно прочесть двояко

# `{whole}` is not a figure
m-8297fb40 = `{ $whole }` — не значение

# if `{other}` separates thousands, write `group = "{other}"`
m-ebe01126 = если `{ $other }` отделяет тысячи, напишите `group = "{ $other }"`

# if `{other}` is the decimal sign, write `decimal = "{other}"`
m-00c81fe2 = если `{ $other }` — десятичный знак, напишите `decimal = "{ $other }"`

# the recipe says that `{decimal}` is the decimal sign
m-565e8c4f = рецепт говорит, что десятичный знак — `{ $decimal }`

# a footnote mark that is not raised may be a digit of the number
m-12bbece0 = знак сноски, который не поднят, может быть цифрой числа

# if `{mark}` is the mark of a footnote, write `marks = ["{mark}"]`
m-28270bc4 = если `{ $mark }` — знак сноски, напишите `marks = ["{ $mark }"]`

# it is not clear where the number ends and its footnote mark begins
m-1996844f = неясно, где кончается число и начинается знак сноски

# declare the mark, as `marks = ["1)"]`, or raise it in the sheet
m-5f315337 = объявите знак, например `marks = ["1)"]`, или поднимите его на листе

# if it stands for a missing figure, write what it means: `"{whole}" = "not-available"` under `missing`
m-a276cb07 = если это вместо отсутствующего значения, напишите, что оно значит: `"{ $whole }" = "not-available"` в `missing`

# type the figure again, or claim the cell under `ignore` with the reason
m-93874975 = наберите значение заново или укажите ячейку с причиной в `ignore`

# `{shown}` is a fraction of something that is counted
m-331f9605 = `{ $shown }` — дробь от того, что считают

# a number of persons is whole
m-7dbe44db = число людей — целое

# if the sheet counts in thousands, write `scale = 1000`
m-c4328895 = если лист считает в тысячах, напишите `scale = 1000`

# if it is an estimate, round it in the sheet as the source prints it
m-f4b5941b = если это оценка, округлите её на листе так, как печатает источник

# `{shown}` is computed, and its number of valid digits is unknown
m-98120a9e = `{ $shown }` вычислено, и сколько в нём верных цифр — неизвестно

# write `rounded-to = 0.1`, or give the cells a number format with the printed digits
m-484f7b75 = напишите `rounded-to = 0.1` или дайте ячейкам числовой формат с напечатанными цифрами

# `{shown}` cannot be rounded to {rounded_to}
m-7ea7b627 = `{ $shown }` нельзя округлить до { $rounded_to }

# `rounded-to` and `scale` must be a power of ten, or 2, 2.5 or 5 times a power of ten
m-010e4dad = `rounded-to` и `scale` должны быть степенью десяти или 2, 2,5 либо 5, умноженным на степень десяти

# `{shown}` is not rounded to {rounded_to}
m-da5d9222 = `{ $shown }` не округлено до { $rounded_to }

# the recipe says that the figures are rounded to this
m-294ddf79 = рецепт говорит, что значения округлены до этого

# correct `rounded-to`, or delete it: then the digits of each cell count
m-ffa109a4 = исправьте `rounded-to` или удалите его: тогда важны цифры каждой ячейки

## src/typeset/brief.rs

# the text refers to `{target}`, which this edition does not print
m-5b797218 = текст ссылается на `{ $target }`, а это издание его не печатает

# its words are printed without a link
m-8faa5a5d = его слова печатаются без ссылки

# print `{target}` in a section of this edition, or delete the reference to it
m-00fc1dab = напечатайте `{ $target }` в разделе этого издания или удалите ссылку на него

## src/typeset/clean.rs

# {replaced} cannot be printed in `{excerpt}`
m-e9a95325 = { $replaced } нельзя напечатать в `{ $excerpt }`

# none of the fonts has a glyph for it, or the PDF standards forbid it; U+FFFD is printed in its place
m-9e1b42f0 = ни в одном шрифте нет такого знака, или его запрещают стандарты PDF; вместо него печатается U+FFFD

# write it in another way at its source, or add a font that has it
m-eb4c5d38 = напишите это в источнике иначе или добавьте шрифт, где он есть

# the invisible {removed} was removed from `{excerpt}`
m-cdfb05ef = из `{ $excerpt }` убран невидимый { $removed }

# it can reverse or hide the text that follows it
m-d6cf02cb = он может перевернуть или скрыть текст, который за ним

# delete it at its source
m-8185ff4f = удалите его в источнике

## src/typeset/mod.rs

# there is no template `{main}`
m-97343cc5 = нет шаблона `{ $main }`

# Typst starts with this file
m-f67f75a4 = Typst начинает с этого файла

# no font family is called `{family}`
m-b6b85070 = нет семейства шрифтов `{ $family }`

# kosh does not use system fonts, so that every computer makes the same bytes
m-1bb522ac = шрифтов системы kosh не берёт, чтобы на каждом компьютере получались одни и те же байты

# the families are {families}
m-f04c7af6 = семейства: { $families }

# use one of them as `font` of the brand, or add the font’s file
m-0ef59a4b = укажите одно из них в `font` или добавьте файл шрифта

## src/typeset/printed/expected.rs

# text of the section `{section}`
m-b8d62e06 = текст раздела `{ $section }`

# a heading of the section `{section}`
m-55c66c82 = заголовок раздела `{ $section }`

# the note `{id}`
m-efd366d1 = примечание `{ $id }`

# the card «{label}»
m-404f2e14 = карточка «{ $label }»

# the caption of {what}
m-656a4203 = подпись: { $what }

# the figure `{id}`
m-69ca985d = рисунок `{ $id }`

# the title of {what}
m-98a7d147 = название: { $what }

# the subtitle of {what}
m-c5ddbae5 = подзаголовок: { $what }

# the note of {what}
m-201b6e25 = примечание: { $what }

# the table `{id}`
m-0dbd2879 = таблица `{ $id }`

# the head of {what}
m-691ee9b3 = шапка: { $what }

# row {row} of {what}
m-ce294df8 = строка { $row }: { $what }

# a note of {what}
m-3a2e09b5 = примечание: { $what }

# the issue
m-14b85aa7 = выпуск

# on whose data it rests
m-a58e00ea = на чьих данных основано

# the newest page that is cited
m-9f9fff8f = самая новая из цитируемых страниц

# how it is cited
m-a6f4e5c3 = как на него ссылаться

# where its data are
m-475900ac = где его данные

# the title of another edition
m-25f8e4de = название другого издания

# the name of another edition
m-d0399025 = имя другого издания

# the title
m-54e99502 = название

# the period
m-9e02ee8d = период

# the genre
m-bcc1fd53 = жанр

# the status of the data
m-66435bd8 = статус данных

# the publishing body
m-8b7bc2bb = кто издаёт

# the contact
m-86d5a248 = контакты

# the dates of publication
m-078b2e18 = даты публикации

# the title of the correction
m-cee7c40c = название исправления

# which version is replaced
m-19abd032 = какая версия заменена

# what was corrected
m-3d7a9bed = что исправлено

## src/typeset/printed/mod.rs

# {count} more places have the same problem
m-398e20c9 = та же неполадка ещё в { $count } { $count ->
        [one] месте
        [few] местах
       *[other] местах
    }

# the document: {text}
m-392c077a = в документе: { $text }

# {name} is not on page {page} as in the document: {what}
m-f7d03dbb = { $name } на странице { $page } — не как в документе: { $what }

# the document: {at}
m-9dd95d94 = в документе: { $at }

# no number
m-f4e7e13b = нет номера

# {name} has the number {number}, but page {page} has {printed} there
m-96f75db0 = у { $name } номер { $number }, а на странице { $page } там { $printed }

# has none there
m-cb461a85 = ничего там не ставит

# has `{printed}` there
m-6f2689f1 = ставит там `{ $printed }`

# {name} cites {wanted}, but page {page} {printed}
m-e0f260f4 = { $name } ссылается на { $wanted }, а страница { $page } { $printed }

# {name} is not on the pages as in the document
m-08ed490a = { $name } на страницах — не как в документе

# the document: {written}
m-8c87f87a = в документе: { $written }

# there is no similar text on any page
m-8ba08bd8 = ни на одной странице нет похожего текста

# the document: {length}
m-f11d61bf = в документе: { $length }

# page {page}, without its spaces: …{seen}…
m-eb28ec57 = страница { $page }, без пробелов: …{ $seen }…

# the drawing of {what} is not on the pages as it was drawn
m-aa415212 = рисунка { $what } нет на страницах таким, каким он нарисован

# there is a changed drawing or no drawing in its place
m-c4b06e6e = на его месте изменённый рисунок или никакого

# set too small to be read
m-3678ba7c = слишком мелко, чтобы читаться

# the drawing of {what} on page {page} is {why}
m-4df4e250 = рисунок { $what } на странице { $page } — { $why }

# page {page} has a picture with numbers that is not a figure of the document
m-05c535a0 = на странице { $page } есть картинка с числами, которой нет среди рисунков документа

# a template makes it; it is not a file of the project
m-9c8954ff = её делает шаблон; это не файл проекта

# define it as a figure in `figures.toml`, or remove its text
m-a5921904 = определите её как рисунок в `figures.toml` или уберите её текст

# {what} is not on the pages as in the document
m-cccb6f13 = { $what } на страницах — не как в документе

# page {page} lacks the mark `{mark}`
m-2fe8ece0 = на странице { $page } нет пометки `{ $mark }`

# every page of a draft or demonstration must say so
m-8ad671de = это должно быть сказано на каждой странице черновика или образца

# the source `{key}` is not on the pages as in the bibliography
m-61178cd3 = источник `{ $key }` на страницах — не как в списке литературы

# the list of sources has the number `{number}`, which is not in the bibliography
m-95fc53c8 = в списке источников есть число `{ $number }`, которого нет в списке литературы

# page {page} has the number `{number}`, which the document does not have there
m-370972d5 = на странице { $page } есть число `{ $number }`, которого в этом месте документа нет

# around it, without spaces: …{seen}…
m-5b4f10f7 = вокруг него, без пробелов: …{ $seen }…

# numbers must come from facts; a page adds only its number and the numbers of lists and notes
m-f699db37 = числа должны браться из фактов; страница добавляет только свой номер и номера списков и примечаний

# remove it from the template; put a fixed text with digits, such as an address, below `[layout]` of the strings file, and print it with `word("NAME", "")`
m-8d1284db = уберите его из шаблона; постоянный текст с цифрами, например адрес, запишите в `[layout]` файла строк и печатайте через `word("NAME", "")`

# `{text}` is printed over `{over}` on page {page}
m-f1a7b31d = `{ $text }` на странице { $page } напечатано поверх `{ $over }`

# `{text}` is wider than its place on page {page}
m-4ba18bea = `{ $text }` на странице { $page } шире своего места

# look in the project's `.typ` files for a `show` or `set` rule, a `let` or a box that changes, hides or cuts text; a template may place and style the text of the document, but not change it
m-60711f62 = найдите в файлах `.typ` проекта правило `show` или `set`, `let` или рамку, которые меняют, скрывают или обрезают текст; шаблон может размещать и оформлять текст документа, но не менять его

# shorten the text, or give it more room in the template: a wider column, smaller type, `hyphenate: true`
m-b9967e75 = сократите текст или дайте ему в шаблоне больше места: шире столбец, мельче шрифт, `hyphenate: true`

# {what} cannot be read on page {page}: it is {why}
m-fa089c8f = { $what } на странице { $page } не прочесть: { $why }

## src/typeset/printed/stream.rs

# set in a colour that cannot be told from its background
m-0afe2a4b = цвет не отличить от фона

# set outside the page
m-b146610a = за краем страницы

# cut off by its box
m-ad79f748 = обрезано своей рамкой

# set in a font without a glyph for it
m-6bc8f0bd = в шрифте нет такого знака

# covered by something painted over it
m-06db684c = закрыто тем, что нарисовано поверх

# printed over other text
m-0aebff3e = напечатано поверх другого текста

# set upside down or mirrored
m-073a03ec = вверх ногами или зеркально

# struck through
m-134fca4c = зачёркнуто

## src/typeset/references.rs

# the citation style `{value}` has no list of sources
m-c51473e1 = в стиле цитирования `{ $value }` нет списка источников

# add a `bibliography` to the style
m-2c7f5870 = добавьте в стиль `bibliography`

# there is no citation style `{name}`
m-ba743889 = нет стиля цитирования `{ $name }`

# a style of your own is a `.csl` file in `templates/`: `/own.csl`
m-ed4c02c4 = собственный стиль — это файл `.csl` в `templates/`: `/own.csl`

# the citation style `{name}` cites in footnotes
m-d68f54ef = стиль цитирования `{ $name }` ссылается в сносках

# a brief cites in its text and lists its sources at the end
m-9626cbd3 = обзор ссылается на источники в тексте и перечисляет их в конце

# use a style with numbers, or with authors and years
m-564141d4 = возьмите стиль с номерами или с авторами и годами

# the file cannot be read: {why}
m-eb29dc40 = файл не читается: { $why }

# correct the file; the styles of the official CSL collection have no such errors
m-1a2f2d6c = исправьте файл; в стилях официального собрания CSL таких ошибок нет

# name another style in `bibliography-style` of `strings.LANGUAGE.toml`
m-ca8227c6 = назовите другой стиль: `bibliography-style` в `strings.LANGUAGE.toml`

## src/typeset/sources.rs

# the bibliography style `{style}` has not been tested
m-f3bafe5c = стиль списка литературы `{ $style }` не проверен

# some styles omit authors, or number the sources in another order than the text
m-df232f28 = некоторые стили опускают авторов или нумеруют источники не в том порядке, что текст

# the tested styles are {value}
m-70dce19a = проверены стили { $value }

# compare the printed list of sources with the bibliography
m-0d552903 = сверьте напечатанный список источников со списком литературы

# `{style}` does not print the author `{name}`
m-6a62677e = `{ $style }` не печатает автора `{ $name }`

# this style prints only persons with a given name
m-bde98c4d = этот стиль печатает только людей с именем

# name the body as the source's `parent`: `parent: {{ type: web, title: {name} }}`
m-a9bd8b32 = назовите организацию в `parent` источника: `parent: {"{"} type: web, title: { $name } {"}"}`

# the text cites `{key}`, which is not in the bibliography
m-d6a31e08 = текст ссылается на `{ $key }`, а в списке литературы его нет

# add an entry `{key}`, or correct the key in the text
m-af0265f2 = добавьте запись `{ $key }` или исправьте ключ в тексте

## src/typeset/world.rs

# `{path}` is not a path inside the edition
m-3f3298d0 = `{ $path }` — не путь внутри издания

# use forward slashes, and no `..`
m-cdbf9278 = пишите прямые косые черты и никаких `..`

## src/workbook/described/csvw.rs

# `tables` is no list
m-33eaf38f = `tables` — не список

# `@base` is not followed
m-cf011c0f = `@base` не учитывается

# save the table beside its description, and take `@base` out
m-ef8ab594 = сохраните таблицу рядом с её описанием и уберите `@base`

# the table has no `url`
m-38ce5dc0 = у таблицы нет `url`

# a schema in a file of its own is not read
m-6c272857 = схема в отдельном файле не читается

# write it here, in the place of the name of the file
m-9bbb692b = запишите её здесь, на месте имени файла

# `columns` is no list
m-13402c13 = `columns` — не список

# this is said of columns that are not described
m-66c2575f = это сказано о столбцах, которые не описаны

# describe the columns under `tableSchema`
m-7d48eeef = опишите столбцы в `tableSchema`

# a dialect in a file of its own is not read
m-10e231e4 = диалект в отдельном файле не читается

# the `delimiter` is empty
m-56cf9324 = `delimiter` пуст

# lines that end otherwise than with a line end are not read
m-8104a5a8 = строки, которые кончаются не концом строки, не читаются

# `skipColumns` is not followed
m-2c2cef0e = `skipColumns` не учитывается

# a head of several rows is not read
m-35e64f2b = заголовок из нескольких строк не читается

# import the file of the table itself, with a recipe
m-8e3617a9 = загрузите файл самой таблицы, с рецептом

# a column that is not in the file is not read
m-c6005785 = столбец, которого нет в файле, не читается

# take the column out of the description: the recipe can say the same by `value`
m-fad76da0 = уберите столбец из описания: рецепт может сказать то же через `value`

# a cell that is a list of values is not read
m-bf7f5c42 = ячейка со списком значений не читается

# a value in the place of an empty cell is not read
m-a3d3cb08 = значение на месте пустой ячейки не читается

# `valueUrl` makes another value of the cell
m-3835b580 = `valueUrl` делает из ячейки другое значение

# `null` is no text
m-1dcc9994 = `null` — не текст

# `required` is neither true nor false
m-8dd01327 = `required` — не истина и не ложь

# `titles` are no texts
m-81c3766d = `titles` — не тексты

# days of this format are not read
m-01304c05 = дни в таком формате не читаются

# formats of days, months and years in digits are, as `dd.MM.yyyy`
m-848105e8 = читаются дни, месяцы и годы цифрами, например `dd.MM.yyyy`

# times of a format of their own are not read
m-557d603a = время в собственном формате не читается

# `{base}` of a format of its own is not read
m-21bc7227 = `{ $base }` в собственном формате не читается

# decimals and thousands have one sign
m-f6e72238 = у дробей и тысяч один знак

# numbers of the format `{pattern}` are not read
m-84f04c4d = числа в формате `{ $pattern }` не читаются

# formats of digits, one decimal mark and thousands in threes are, as `#,##0.0`
m-76f37135 = читаются форматы из цифр с одним десятичным знаком и тысячами по три, например `#,##0.0`

## src/workbook/described/frictionless.rs

# the package has no `resources`
m-3462e4bc = в пакете нет `resources`

# `resources` is no list
m-795f8e19 = `resources` — не список

# `{key}` of a package is not followed
m-21c01ae7 = `{ $key }` пакета не учитывается

# write `{key}` into each resource, as the standard says
m-c547db76 = запишите `{ $key }` в каждый ресурс, как велит стандарт

# `path` is no text
m-8e0b4a46 = `path` — не текст

# a table in several files is not read
m-09010dd7 = таблица в нескольких файлах не читается

# put the files together, or import each by itself
m-48c228f3 = соедините файлы или загружайте каждый отдельно

# the resource `{name}` has no `path`
m-01a46d3f = у ресурса `{ $name }` нет `path`

# a table of the format `{format}` is not read through its package
m-cdf14cd8 = таблица в формате `{ $format }` через её пакет не читается

# import the file itself, with a recipe
m-905533c5 = загрузите сам файл, с рецептом

# `{key}` is not followed
m-1d889e29 = `{ $key }` не учитывается

# with it the table would have other rows
m-2a391b65 = с ним в таблице были бы другие строки

# save the table as a plain csv file and import that, with a recipe
m-8ba78d56 = сохраните таблицу простым файлом csv и загрузите его, с рецептом

# the schema has no list of `fields`
m-91b986de = в схеме нет списка `fields`

# `{text}` is no way to match fields here
m-fc972c2f = `{ $text }` здесь не способ сопоставить поля

# a missing value without `value`
m-21a935ea = пропущенное значение без `value`

# a missing value is no text
m-3813de61 = пропущенное значение — не текст

# a field without a `name`
m-3ae4df04 = поле без `name`

# `{name}` has one sign for the decimals and the thousands
m-c2cb8f24 = у `{ $name }` один знак для дробей и для тысяч

# numbers of the format `{odd}` are not read
m-6a8ce3a0 = числа в формате `{ $odd }` не читаются

# days of any format are not read
m-93fb9a41 = дни в любом формате не читаются

# 01.02.2026 is the first of February or the second of January
m-85d28ee3 = 01.02.2026 — это первое февраля или второе января

# write the format that they have, as `%d.%m.%Y`
m-3964dba2 = напишите их формат, например `%d.%m.%Y`

## src/workbook/described/json.rs

# `{key}` is no text
m-dfe88ad4 = `{ $key }` — не текст

# `{key}` is neither true nor false
m-163b6a0f = `{ $key }` — не истина и не ложь

# `{key}` is no count
m-1bb78c12 = `{ $key }` — не количество

# `{key}` is more than one sign: `{text}`
m-3898439a = `{ $key }` — больше одного знака: `{ $text }`

# `{key}` is more than one character: `{text}`
m-01a88da0 = `{ $key }` — больше одного символа: `{ $text }`

## src/workbook/described/mod.rs

# there is no {what} in it
m-4312804c = в нём нет ни одного: { $what }

# no {what} is called so
m-b3e9688d = с таким именем нет ни одного: { $what }

# it has several {what}s, and one is meant
m-f168ea07 = нужно одно, а там несколько: { $what }

# it has {names}
m-2cf13b8a = там { $names }

# name one with `--resource`, or by `name` under `[sheets]` of the recipe
m-b33e1de7 = назовите одно: `--resource` или `name` в `[sheets]` рецепта

# download the table into the folder of its description, and write its name
m-189a3c71 = скачайте таблицу в папку её описания и запишите её имя

# `{path}` cannot be read: {why}
m-7a13ce2c = `{ $path }` не читается: { $why }

# put the table beside its description
m-c22e0925 = положите таблицу рядом с её описанием

# it has more than 4 GiB
m-d2fc7f12 = в нём больше 4 ГиБ

# {value} is no encoding that is known
m-395a3252 = { $value } — неизвестная кодировка

# `{path}` is an address of the web, and nothing is downloaded
m-1549d650 = `{ $path }` — адрес в сети, а kosh ничего не скачивает

# `{path}` leads out of the folder of the description
m-e97c2821 = `{ $path }` ведёт за пределы папки описания

# download both again; or take the property out, if the file is the right one
m-c4f88868 = скачайте оба заново или, если файл верный, уберите свойство

# `{path}` has {number_of_bytes} bytes, and the package says {said}
m-6189679f = в `{ $path }` { $number_of_bytes } { $number_of_bytes ->
        [one] байт
        [few] байта
       *[other] байтов
    }, а пакет говорит { $said }

# `{path}` has another sum than the package says
m-eea37c76 = контрольная сумма `{ $path }` не та, что в пакете

## src/workbook/described/table.rs

# it has too many cells
m-7696cfc4 = в нём слишком много ячеек

# the table has no head, and nothing says what its columns are
m-989afe30 = у таблицы нет заголовка, и ничто не говорит, что в её столбцах

# describe its columns
m-ce3ff60d = опишите её столбцы

# no column is headed `{name}`
m-20ca7a62 = ни один столбец не озаглавлен `{ $name }`

# described here
m-9927275a = описан здесь

# column {number} is headed `{head}`
m-89187579 = столбец { $number } озаглавлен `{ $head }`

# described as {names}
m-4d20e04e = описан как { $names }

# a column that was moved or added would be taken for another
m-0b2376b9 = передвинутый или добавленный столбец приняли бы за другой

# the column `{head}` is not described
m-a79a2d96 = столбец `{ $head }` не описан

# there is no column `{name}` in the file
m-ec8660cd = в файле нет столбца `{ $name }`

# `{cell}` stands behind the last of {many} columns
m-3eb21c0a = `{ $cell }` стоит за последним из { $many } столбцов

# `{name}` says nothing here, and is required
m-208fdaf5 = `{ $name }` здесь пуст, а он обязателен

# `{cell}` is not a {holds}
m-6a524f0d = `{ $cell }` — не { $holds }

# what is written otherwise than described could be another value
m-1e3a5dd0 = записанное не так, как описано, может быть другим значением

# correct the description or the cell; or import the table itself, with a recipe
m-c8e2ba8c = исправьте описание или ячейку либо загрузите саму таблицу, с рецептом

## src/workbook/encoding.rs

# the encoding of `{path}` is unknown
m-6f77d5a5 = кодировка `{ $path }` неизвестна

# save it as “CSV UTF-8”
m-53ca1834 = сохраните его как «CSV UTF-8»

# or name the encoding, for example `--encoding ibm866`
m-2335672b = или назовите кодировку, например `--encoding ibm866`

# read as {name}, it has bytes that are not characters
m-99e8b880 = если читать как { $name }, в нём есть байты, которые не знаки

# read as {name}, it has a control character, U+{code}
m-5b527877 = если читать как { $name }, в нём есть управляющий знак, U+{ $code }

# it is not UTF-8, and read as {name} it has no words
m-86940f3e = это не UTF-8, а если читать как { $name }, в нём нет слов

## src/workbook/fault.rs

# `{path}` is damaged
m-b2abf691 = `{ $path }` повреждён

# download it again, or open it in a spreadsheet program and save it as xlsx
m-bd5a7268 = скачайте его заново или откройте в программе электронных таблиц и сохраните как xlsx

## src/workbook/json_stat.rs

# it is not JSON: {error}
m-75513d31 = это не JSON: { $error }

# it is not a dataset: {error}
m-f93ad578 = это не набор данных: { $error }

# kosh reads at most {most_rows} values and {value} cells of it
m-26508e29 = kosh читает из него не больше { $most_rows } значений и { $value } ячеек

# it is JSON-stat of another version than 2
m-0903cf10 = это JSON-stat другой версии, не 2

# request JSON-stat 2.0 from the service
m-af079f77 = запросите у службы JSON-stat 2.0

# it is a collection of datasets (JSON-stat)
m-e54018e9 = это собрание наборов данных (JSON-stat)

# save the dataset that you need by itself
m-9c74424d = сохраните нужный набор отдельно

# it is JSON of another kind
m-ced5d666 = это JSON другого вида

# kosh reads JSON-stat 2, Frictionless data packages and CSV on the Web
m-d0941e4d = kosh читает JSON-stat 2, пакеты данных Frictionless и CSV on the Web

# `{path}` cannot be read
m-f10fc426 = `{ $path }` не читается

# download it again
m-df96c952 = скачайте его заново

# it has {number_of_id} dimensions but {number_of_size} sizes
m-6dc08298 = измерений в нём { $number_of_id }, а размеров { $number_of_size }

# the dimension `{name}` appears twice
m-ffab9939 = измерение `{ $name }` встречается дважды

# `{name}` is not described
m-c3c67600 = `{ $name }` не описано

# the categories of `{name}` are not numbered from 0 without gaps
m-64fe375c = категории `{ $name }` не пронумерованы подряд с 0

# `{name}` has {many} categories but the size {at}
m-df836149 = категорий у `{ $name }` { $many }, а размер { $at }

# its dimensions have more values than can be counted
m-5928b7c5 = в его измерениях больше значений, чем можно сосчитать

# `{other}` is not a value
m-fc83998a = `{ $other }` — не значение

# it has {many} values but {count} places
m-91ea4bbb = значений в нём { $many }, а мест { $count }

# its `value` is not a list
m-d47b55e0 = его `value` — не список

# `{written}` is not a place of a value
m-1bd6dece = `{ $written }` — не место значения

# its `status` does not match its values
m-8a6be722 = его `status` не подходит к значениям

## src/workbook/kind.rs

# it is a sheet of a spreadsheet program from before 1993
m-6e396c0b = это лист программы электронных таблиц до 1993 года

# open it in a spreadsheet program and save it as xlsx
m-04865dfc = откройте его в программе электронных таблиц и сохраните как xlsx

# it is a PDF
m-e7556589 = это PDF

# it is a text document (RTF)
m-16841378 = это текстовый документ (RTF)

# copy the table from it into a spreadsheet, or paste it
m-b79bd47c = скопируйте из него таблицу в электронную или вставьте её

# it is a picture
m-bff4d545 = это изображение

# it is an archive
m-2dfc60dd = это архив

# unpack it first
m-2a5becea = сначала распакуйте его

# it is a web page, whatever its name says
m-23c3e38d = это веб-страница, что бы ни говорило имя

# it is an Excel 2003 XML file
m-6d179fa4 = это файл Excel 2003 XML

# it is XML of another kind
m-0810bb65 = это XML другого вида

# it is a document of another office program
m-30c63af2 = это документ другой офисной программы

# it is a zip file without a workbook, or its end is missing
m-38bf2163 = это файл zip без книги, или у него нет конца

# unpack it first; if it was downloaded, download it again
m-ef40a0a0 = сначала распакуйте его; если он скачан, скачайте заново

# it is locked with a password
m-50bc2daa = он закрыт паролем

# open it in a spreadsheet program and save it without the password
m-26f55065 = откройте его в программе электронных таблиц и сохраните без пароля

# it is a document of another office program, or its end is missing
m-665a08cc = это документ другой офисной программы, или у него нет конца

## src/workbook/mod.rs

# `{path}` is not a workbook
m-4163bafc = `{ $path }` — не книга

# `{path}` is larger than kosh reads
m-a504f32c = `{ $path }` больше, чем читает kosh

# copy the table into a workbook of its own
m-fc04d107 = скопируйте таблицу в отдельную книгу

## src/workbook/ods.rs

# {name}: two cells have the address {at}
m-a6935109 = { $name }: адрес { $at } у двух ячеек

# {name}: the merged areas {one} and {other} overlap
m-b11d8019 = { $name }: объединённые области { $one } и { $other } пересекаются

# {name}: it has too many merged areas
m-f49b0292 = { $name }: слишком много объединённых областей

# a row has more than {most_columns} cells
m-0d3c8070 = в строке больше { $most_columns } ячеек

# a long text is repeated in too many cells
m-c60a79e2 = длинный текст повторён в слишком многих ячейках

# {name} has more cells than kosh reads
m-cb9b2e15 = в { $name } больше ячеек, чем читает kosh

# {name}: {at}: `{value}` is not a {what}
m-997a434e = { $name }: { $at }: `{ $value }` — не { $what }

## src/workbook/other.rs

# its parts contradict one another
m-3fca848b = его части противоречат друг другу

# two cells have the address {at}
m-697b06c4 = адрес { $at } у двух ячеек

# the merged areas {one} and {other} overlap
m-2c652da2 = объединённые области { $one } и { $other } пересекаются

# it has too many merged areas
m-8b4e73bd = в нём слишком много объединённых областей

# it has more than {value} cells
m-ab3a8cf8 = в нём больше { $value } ячеек

# an invalid number
m-a7507d7a = недопустимое число

## src/workbook/package.rs

# the zip file cannot be read: {error}
m-ebcaa431 = файл zip не читается: { $error }

# it has more than {most_parts} parts
m-7b56363c = в нём больше { $most_parts } частей

# the part {name} is missing
m-d182aa02 = нет части { $name }

# {name} cannot be unpacked: {error}
m-8aeaddf7 = { $name } не распаковывается: { $error }

# {name} has more than {mib} MiB unpacked
m-034a6241 = в распакованном { $name } больше { $mib } МиБ

# its parts have more than {gib} GiB unpacked
m-06919280 = в его распакованных частях больше { $gib } ГиБ

# its parts have more than {mib} MiB unpacked
m-941f65d0 = в его распакованных частях больше { $mib } МиБ

## src/workbook/separated.rs

# a sheet may have {most_rows} rows and {most_columns} columns, and kosh reads {value} cells
m-1cd0b47c = в листе может быть { $most_rows } строк и { $most_columns } столбцов, а kosh читает { $value } ячеек

# a cell that begins with a quotation mark must end with one, and a mark inside it must be doubled
m-d45053d4 = ячейка, которая начинается с кавычки, должна ею и кончаться, а кавычка внутри — удваиваться

# correct the line, or export the file again
m-6d718148 = исправьте строку или выгрузите файл заново

# if the marks belong to the text, add `--separator blanks` or paste the table
m-832d7a8f = если кавычки принадлежат тексту, добавьте `--separator blanks` или вставьте таблицу

# a quotation mark that is not closed
m-24ccf0ef = незакрытая кавычка

# text behind a closing quotation mark
m-2b0b9b01 = текст за закрывающей кавычкой

## src/workbook/xls/cells.rs

# {name}: its beginning is missing
m-fdf53ca5 = { $name }: нет начала

# {name}: its end is missing
m-0f2da2bb = { $name }: нет конца

# {name}: {at}: there is no text number {number}
m-bf11fcc7 = { $name }: { $at }: нет текста номер { $number }

# {name}: {at}: an invalid number
m-15628938 = { $name }: { $at }: недопустимое число

# {name} has more cells or texts than kosh reads
m-5d035438 = в { $name } больше ячеек или текстов, чем читает kosh

## src/workbook/xls/compound.rs

# its end is missing, or a chain of sectors leads out of the file
m-77777328 = у него нет конца, или цепочка секторов ведёт за пределы файла

# its sectors have an invalid size
m-eea684b1 = недопустимый размер секторов

# a chain of sectors is circular
m-d7ff32a0 = цепочка секторов замкнута

## src/workbook/xls/globals.rs

# it has more than {most} styles or sheets
m-3abcc58e = в нём больше { $most } стилей или листов

# its texts are too long
m-02e51225 = его тексты слишком длинны

## src/workbook/xls/mod.rs

# it lists no sheet
m-e720601b = в нём не назван ни один лист

# it has no workbook in it
m-43378841 = в нём нет книги

# its sheets have more than {value} cells
m-c2240cef = в его листах больше { $value } ячеек

## src/workbook/xls/records.rs

# a record is shorter than its header says
m-c78d3dc8 = запись короче, чем говорит её заголовок

## src/workbook/xlsx/cells.rs

# {part}: two cells have the address {at}
m-88663dc3 = { $part }: адрес { $at } у двух ячеек

# {part}: the merged areas {one} and {other} overlap
m-cf4191fb = { $part }: объединённые области { $one } и { $other } пересекаются

# {part}: it has too many merged areas
m-c164e15c = { $part }: слишком много объединённых областей

# {part} has more cells or texts than kosh reads
m-f4d07ffe = в { $part } больше ячеек или текстов, чем читает kosh

# `{text}` is not the address of a cell
m-d06749e6 = `{ $text }` — не адрес ячейки

# the cell {address} is in row {row}
m-3e7024e7 = ячейка { $address } стоит в строке { $row }

# a style that is not a number
m-cae62849 = стиль — не число

# a cell of an unknown kind
m-74211040 = ячейка неизвестного вида

# row {row} has more than {most_columns} cells
m-1af6c0f3 = в строке { $row } больше { $most_columns } ячеек

## src/workbook/xlsx/mod.rs

# {main}: it lists no sheet
m-23653fc4 = { $main }: не назван ни один лист

# {main}: a sheet without a part
m-2bc66c90 = { $main }: у листа нет части

# it has more than {most_sheets} sheets
m-562364ee = в нём больше { $most_sheets } листов

## src/workbook/xlsx/styles.rs

# it has more than {most} styles
m-48033a99 = в нём больше { $most } стилей

## src/workbook/xml.rs

# {name}: it is larger than the file says
m-54fdb656 = { $name }: больше, чем говорит файл

# {name}: it has a document type, which a workbook never has
m-42c4940f = { $name }: есть тип документа, которого в книге не бывает

# {name}: its elements are nested more than {deepest} deep
m-63d41750 = { $name }: элементы вложены глубже, чем на { $deepest }

## --help

# Turns official migration statistics into a policy brief, in every language from one set of facts
m-529ce04e = Делает из официальной статистики миграции аналитический обзор, на всех языках по одним и тем же фактам

# Examples:
#   kosh init brief && cd brief     A new project
#   kosh build                      The brief for the period in brief.toml
#   kosh facts X1.change            Where a number comes from
#   kosh explain brand.accent       Which file and line sets a colour
#   kosh explain K0120              What a message means
#   kosh handbook                   How a brief is made, step by step
# 
# Exit codes: 0 success, 1 errors in the project or data, 2 wrong arguments, 3 some of several
# builds failed, 4 a bug in kosh, 5 success, but the output could not be printed,
# 6 no file was altered, but a build is out of date (verify).
m-d3847585 = Примеры:{"\u000A"}  kosh init brief && cd brief     Новый проект{"\u000A"}  kosh build                      Обзор за период из brief.toml{"\u000A"}  kosh facts X1.change            Откуда взято число{"\u000A"}  kosh explain brand.accent       Какой файл и какая строка задают цвет{"\u000A"}  kosh explain K0120              Что значит сообщение{"\u000A"}  kosh handbook                   Как делается обзор, шаг за шагом{"\u000A"}{"\u000A"}Коды завершения: 0 успех, 1 ошибки в проекте или данных, 2 неверные параметры, 3 часть сборок{"\u000A"}не удалась, 4 ошибка в самом kosh, 5 успех, но вывод не удалось напечатать,{"\u000A"}6 ни один файл не изменён, но сборка устарела (verify).

# The language of messages, help and pages: `en`, `ru`, or one of the project's `ui` folder
m-d5faffdd = Язык сообщений, справки и страниц: `en`, `ru` или язык из папки `ui` проекта

# Report
m-4681fa0b = Отчёт

# Make a new project, which can be built at once and without a network
m-ca8b5aed = Создать новый проект, который сразу собирается и без сети

# Examples:
#   kosh init brief                           Everything: data, templates, the shipped profile
#   kosh init brief --profile mlspp           The profile of another shipped body
#   kosh init brief --profile our-agency      A new profile for your body, to fill in
#   kosh init brief --bare                    Only the files that differ; templates come from kosh
#   kosh init brief --language ru             In one language
#   kosh init brief --blank                   The smallest project of any country and subject
#   kosh init brief --profile our-agency --name en="Our Agency" --accent "#0B6157" --logo logo.svg
#   kosh init brief --profile our-agency --from ../theirs    With the look of another project
# 
# On a terminal kosh asks for what the options leave open; with --yes it asks nothing.
# kosh downloads nothing and overwrites nothing: the folder must be new or empty.
m-cd2bf241 = Примеры:{"\u000A"}  kosh init brief                           Всё: данные, шаблоны, поставляемый профиль{"\u000A"}  kosh init brief --profile mlspp           Профиль другого поставляемого ведомства{"\u000A"}  kosh init brief --profile our-agency      Новый профиль вашего ведомства, для заполнения{"\u000A"}  kosh init brief --bare                    Только отличающиеся файлы; шаблоны берутся из kosh{"\u000A"}  kosh init brief --language ru             На одном языке{"\u000A"}  kosh init brief --blank                   Наименьший проект для любой страны и темы{"\u000A"}  kosh init brief --profile our-agency --name en="Our Agency" --accent "#0B6157" --logo logo.svg{"\u000A"}  kosh init brief --profile our-agency --from ../theirs    С видом другого проекта{"\u000A"}{"\u000A"}В терминале kosh спрашивает о том, чего не задали параметры; с --yes не спрашивает ни о чём.{"\u000A"}kosh ничего не скачивает и не перезаписывает: папка должна быть новой или пустой.

# The folder of the project; it must be new or empty
m-f768584b = Папка проекта; она должна быть новой или пустой

# Project
m-7b5fea5e = Проект

# The publishing body's profile: a shipped one, or the id of a new one
m-c30ebba3 = Профиль того, кто издаёт обзор: поставляемый или идентификатор нового

# The shipped profile that a new profile extends
m-274359d2 = Поставляемый профиль, который расширяет новый

# Write only the files that differ; templates come from the program
m-65f5121e = Записать только отличающиеся файлы; шаблоны берутся из программы

# The smallest project, for another country or subject: one table, two indicators, one section
m-354fffe2 = Наименьший проект, для другой страны или темы: одна таблица, два показателя, один раздел

# Also write settings and snippets for VS Code
m-306b2b74 = Записать ещё и настройки и заготовки для VS Code

# The region of the brief, for example KZ-71
m-2a547353 = Регион обзора, например KZ-71

# What to publish
m-1d734ba7 = Что публиковать

# The languages of the brief (repeat, or separate with commas)
m-4ad481e9 = Языки обзора (повторите или перечислите через запятую)

# Make no briefs of single regions
m-5e431701 = Не делать обзоров отдельных регионов

# The period: 2025-H1, 2025-9M, 2025, or latest
m-0fdd8009 = Период: 2025-H1, 2025-9M, 2025 или latest

# The body's name on the first page, in each language
m-8aaf27f4 = Название ведомства на первой странице, на каждом языке

# Look
m-69960bb6 = Вид

# The colour of headings, large numbers and links, such as #12436D
m-be9265b7 = Цвет заголовков, крупных чисел и ссылок, например #12436D

# The logo: an SVG, PNG or JPEG file, which is copied
m-54de9361 = Логотип: файл SVG, PNG или JPEG, который копируется

# Another project whose colours, logo, fonts and page are copied
m-03123711 = Другой проект, у которого копируются цвета, логотип, шрифты и страница

# Ask nothing
m-f94fd78f = Ни о чём не спрашивать

# Print only problems
m-2d8e0002 = Печатать только неполадки

# Build the brief in every language; with --all or lists, several briefs
m-3120c661 = Собрать обзор на всех языках; с --all или списками — несколько обзоров

# Examples:
#   kosh build
#   kosh build --period 2025-9M --profile mlspp
#   kosh build --format standard,express,annex
#   kosh build --all --dry-run      What would be built for every body
#   kosh build --zip                One file to send: output/2025-H1/bns-2025-H1.zip
#   kosh build --period 2025 --as-of 2026-02-12     As of that day
m-b8f350c7 = Примеры:{"\u000A"}  kosh build{"\u000A"}  kosh build --period 2025-9M --profile mlspp{"\u000A"}  kosh build --format standard,express,annex{"\u000A"}  kosh build --all --dry-run      Что собралось бы для каждого ведомства{"\u000A"}  kosh build --zip                Один файл для отправки: output/2025-H1/bns-2025-H1.zip{"\u000A"}  kosh build --period 2025 --as-of 2026-02-12     По состоянию на этот день

# The project's folder
m-2fb4b931 = Папка проекта

# The publishing body's profile; `build` takes several, or `all`
m-fcd0828d = Профиль того, кто издаёт обзор; `build` принимает несколько или `all`

# The region of the brief, for example KZ-71; `build` takes several, or `all`
m-d261ebfc = Регион обзора, например KZ-71; `build` принимает несколько или `all`

# Another data folder
m-a0357b98 = Другая папка данных

# The period: 2025-H1, 2025-9M, 2025, 2025-01..2025-06, or latest; `build` takes several, or `all`
m-76124cb9 = Период: 2025-H1, 2025-9M, 2025, 2025-01..2025-06 или latest; `build` принимает несколько или `all`

# Only figures published by the end of this day, for example 2025-08-11
m-7741507a = Только данные, опубликованные к концу этого дня, например 2025-08-11

# Which release of the previous year is the base of changes
m-112ceb33 = Какой выпуск прошлого года — база изменений

# Only these languages (repeat, or separate with commas)
m-0af20871 = Только эти языки (повторите или перечислите через запятую)

# Which forms of the brief (repeat, or separate with commas)
m-ce16fb97 = Какие формы обзора (повторите или перечислите через запятую)

# Report as JSON, for other programs
m-ee6424c7 = Отчёт в JSON, для других программ

# The folder for the files of the brief
m-5a4b9167 = Папка для файлов обзора

# The previous issue, as a day or the folder of a build: list what was revised since
m-3adb3ea4 = Прошлый выпуск, день или папка сборки: перечислить, что с тех пор пересмотрено

# Show how long each stage took
m-a7373c7e = Показать, сколько занял каждый этап

# The briefs of all profiles except those with `apart = true`, for each region if they need one, for the project's period; a list of profiles, regions or periods narrows this. With `--period all`, every period that can be published
m-c364c550 = Обзоры всех профилей, кроме тех, где `apart = true`, для каждого региона, если профилю он нужен, за период проекта; списки профилей, регионов или периодов это сужают. С `--period all` — за каждый период, который можно опубликовать

# Many at once
m-42f94b40 = Сразу несколько

# Only show what would be built, and why
m-c06932b3 = Только показать, что собралось бы и почему

# Only this part of the plan, for example 2/8; the parts are the same on every computer
m-a8ceab0f = Только эту часть плана, например 2/8; на каждом компьютере части одни и те же

# How many to build at a time; by default the number of cores
m-6dca4ae0 = Сколько собирать одновременно; по умолчанию — по числу ядер

# Build everything again, whether it has changed or not
m-080a31a6 = Собрать всё заново, изменилось оно или нет

# Also write the brief with all its files as one archive, beside its folder
m-04bff7ba = Записать ещё и обзор со всеми его файлами одним архивом, рядом с его папкой

# Check everything without making PDFs; `check data` checks all rows of the data
m-9e47249e = Проверить всё, не делая PDF; `check data` проверяет все строки данных

# Examples:
#   kosh check
#   kosh check --period latest --quiet && kosh build --period latest
#   kosh check data                 Check all rows: contradictions, revisions, gaps
m-cf960853 = Примеры:{"\u000A"}  kosh check{"\u000A"}  kosh check --period latest --quiet && kosh build --period latest{"\u000A"}  kosh check data                 Проверить все строки: противоречия, пересмотры, пропуски

# Check all rows of all releases and periods, whether a brief prints them or not
m-eed71c16 = Проверить все строки всех выпусков и периодов, печатает их обзор или нет

# Examples:
#   kosh check data
#   kosh check data --coverage      When each measure has a figure, and with which status
#   kosh check data --html data.html
# 
# Put your own rules, and the severity of each kind of finding, into data/checks.toml.
# Exit codes: 0 no errors, 1 errors.
m-673289b7 = Примеры:{"\u000A"}  kosh check data{"\u000A"}  kosh check data --coverage      Когда у каждой величины есть значение и с каким статусом{"\u000A"}  kosh check data --html data.html{"\u000A"}{"\u000A"}Свои правила и строгость каждого вида замечаний запишите в data/checks.toml.{"\u000A"}Коды завершения: 0 ошибок нет, 1 есть ошибки.

# Show for each measure when there is a figure: F final, E express, S secondary
m-88db688b = Показать, когда у каждой величины есть значение: F окончательное, E экспресс, S вторичное

# List all findings of a kind, not only the first
m-accff0f4 = Перечислить все замечания каждого вида, а не только первые

# Write the report as a web page, with a picture of the coverage
m-852818ee = Записать отчёт веб-страницей с картиной охвата

# Print only errors and warnings
m-529d8729 = Печатать только ошибки и предупреждения

# Show which figures a new period still needs, and write rows to fill in
m-befae877 = Показать, каких данных не хватает новому периоду, и записать строки для заполнения

# Examples:
#   kosh quarter 2026-Q1            What is missing, and what to run next
#   kosh quarter 2026-Q1 --write    Rows to fill in, in data/to-fill/2026-Q1/
#   kosh quarter 2026-Q1 --take     Move the filled rows into the tables, all or none
m-302ac2d7 = Примеры:{"\u000A"}  kosh quarter 2026-Q1            Чего не хватает и что запустить дальше{"\u000A"}  kosh quarter 2026-Q1 --write    Строки для заполнения в data/to-fill/2026-Q1/{"\u000A"}  kosh quarter 2026-Q1 --take     Перенести заполненные строки в таблицы: все или ни одной

# The period that has no rows yet: 2026-Q1, 2026-H1, 2026-9M, 2026
m-bdb7fa52 = Период, для которого ещё нет строк: 2026-Q1, 2026-H1, 2026-9M, 2026

# The publishing body's profile: its brief says what is needed
m-147fbea3 = Профиль того, кто издаёт обзор: его обзор говорит, что нужно

# Write a row without a value for each missing figure, into a folder that no build reads
m-6a79f13d = Записать строку без значения для каждого недостающего числа в папку, которую сборка не читает

# Rows
m-aa6592b8 = Строки

# Check the rows that have a value, and move them into the tables: all of them or none
m-26adefcd = Проверить строки со значением и перенести их в таблицы: все или ни одной

# List all missing figures, not only the first
m-52b8a187 = Перечислить все недостающие значения, а не только первые

# List what the brief does not say, with the rows to enter; make a table for who has the figures
m-2006eb51 = Перечислить, чего обзор не говорит, и какие строки ввести; сделать таблицу для того, у кого числа есть

# Examples:
#   kosh missing                    By cause: the row to enter, and the sentences that wait for it
#   kosh missing --language en
#   kosh missing --csv > ask.csv    A table for a colleague who has the figures
#   kosh missing --fill ask.csv     The table with values: into the rows to fill in
#   kosh missing --write            Only the rows to fill in, in data/to-fill/PERIOD/
#   kosh missing --take             Move the filled rows into the tables, all or none
m-831bfc62 = Примеры:{"\u000A"}  kosh missing                    По причинам: какую строку ввести и какие предложения её ждут{"\u000A"}  kosh missing --language en{"\u000A"}  kosh missing --csv > ask.csv    Таблица для коллеги, у которого числа есть{"\u000A"}  kosh missing --fill ask.csv     Таблица со значениями: в строки для заполнения{"\u000A"}  kosh missing --write            Только строки для заполнения, в data/to-fill/PERIOD/{"\u000A"}  kosh missing --take             Перенести заполненные строки в таблицы: все или ни одной

# Print a table with a row for each missing figure, to be filled in by who has them
m-08ee52fe = Напечатать таблицу со строкой для каждого недостающего числа; её заполнит тот, у кого они есть

# Put the values of a table made with --csv into the rows to fill in
m-d358e537 = Перенести значения таблицы, сделанной с --csv, в строки для заполнения

# Publish the brief as a numbered version that never changes
m-95c54ce8 = Опубликовать обзор как пронумерованную версию, которая больше не меняется

# Examples:
#   kosh release
#   kosh release --period 2025
#   kosh release --correction en="Table 2 named the wrong country." --correction ru="…"
m-1f5902ef = Примеры:{"\u000A"}  kosh release{"\u000A"}  kosh release --period 2025{"\u000A"}  kosh release --correction en="Table 2 named the wrong country." --correction ru="…"

# The publishing body's profile
m-4827e3b0 = Профиль того, кто издаёт обзор

# The period: 2025-H1, 2025-9M, 2025, 2025-01..2025-06, or latest
m-5de486fc = Период: 2025-H1, 2025-9M, 2025, 2025-01..2025-06 или latest

# What this version corrects, in each language; or write it into corrections/
m-3566e190 = Что исправляет эта версия, на каждом языке; или напишите это в corrections/

# Removed; its error names the replacement
m-6d18486b = Удалён; его сообщение называет замену

# Also write the version with all its files as one archive, beside its folder
m-7bc0befe = Записать ещё и версию со всеми её файлами одним архивом, рядом с её папкой

# Publish the data as of the project's `as-of`, although later figures are loaded
m-210ee07a = Опубликовать данные на `as-of` проекта, хотя загружены более поздние

# Open the brief that was built or published last, or its folder
m-a0aeb230 = Открыть обзор, собранный или опубликованный последним, или его папку

# Examples:
#   kosh open                       The brief that was built or published last
#   kosh open --language en
#   kosh open --period 2025-H1 --profile mlspp
#   kosh open --folder              The folder with all of its files
m-87f2152c = Примеры:{"\u000A"}  kosh open                       Обзор, собранный или опубликованный последним{"\u000A"}  kosh open --language en{"\u000A"}  kosh open --period 2025-H1 --profile mlspp{"\u000A"}  kosh open --folder              Папка со всеми его файлами

# Another folder with builds
m-bb187f99 = Другая папка со сборками

# Only briefs of this profile
m-b6a2ca0e = Только обзоры этого профиля

# Only briefs of this region
m-96f1331d = Только обзоры этого региона

# Only briefs of this period
m-d4e73ea4 = Только обзоры этого периода

# The language; by default the first one
m-f73ccfa4 = Язык; по умолчанию — первый

# The form; by default the first one
m-66885c20 = Форма; по умолчанию — первая

# Open the folder of the brief
m-e25f0814 = Открыть папку обзора

# Build, and rebuild when one of its inputs changes
m-0bd2c49c = Собрать и пересобирать, когда меняется любой из входных файлов

# Examples:
#   kosh watch
#   kosh watch --preview            Show the pages in a browser, on this computer only
#   kosh watch --preview --port 8080
m-977c0c07 = Примеры:{"\u000A"}  kosh watch{"\u000A"}  kosh watch --preview            Показать страницы в браузере, только на этом компьютере{"\u000A"}  kosh watch --preview --port 8080

# Show the pages of all languages side by side in a browser, and where each number comes from
m-403c7e7a = Показать страницы на всех языках рядом в браузере и откуда взято каждое число

# Preview
m-fdda4cf7 = Предпросмотр

# The port of the preview; by default any free port
m-c2c84d8f = Порт предпросмотра; по умолчанию — любой свободный

# How the page opens files: vscode, vscodium, cursor, zed, idea, none, or an address with {path}, {line} and {column}; by default `editor-link` of brief.toml
m-ae584a8f = Чем страница открывает файлы: vscode, vscodium, cursor, zed, idea, none или адрес с { $path }, { $line } и { $column }; по умолчанию — `editor-link` из brief.toml

# Show the facts of a period, or one of them with its origin
m-f0425b7f = Показать факты периода или один факт с его происхождением

# Examples:
#   kosh facts                      All facts, with their flags
#   kosh facts X1.change            One fact, with its formula and its rows
#   kosh facts arrivals abroad      The facts with these words, as each language prints them
#   kosh facts --csv > facts.csv
m-7f714b17 = Примеры:{"\u000A"}  kosh facts                      Все факты с пометками{"\u000A"}  kosh facts X1.change            Один факт с формулой и строками{"\u000A"}  kosh facts arrivals abroad      Факты с этими словами, как их печатает каждый язык{"\u000A"}  kosh facts --csv > facts.csv

# A fact such as X1 or X1.change; or words to look for in ids, labels and names of members, in any language of the project; by default all facts
m-2f481c98 = Факт, например X1 или X1.change; или слова, которые искать в идентификаторах, подписях и названиях элементов, на любом языке проекта; по умолчанию — все факты

# Print comma-separated values
m-55280af1 = Печатать значения через запятую

# Import the figures of a workbook into the data
m-602764ff = Загрузить значения из книги в данные

# Examples:
#   kosh import downloads/migration.xlsx --dry-run      What would be written, cell by cell
#   kosh import downloads/migration.xlsx --released 2026-08-11
#   kosh import table.csv --recipe interregional --encoding windows-1251
#   kosh import - --recipe release-text < page.txt      Text copied from a page
#   kosh import --undo                                  Undo the last import
# 
# The rows are written only if all of them are correct, and all at once.
m-ccc9b68d = Примеры:{"\u000A"}  kosh import downloads/migration.xlsx --dry-run      Что записалось бы, ячейка за ячейкой{"\u000A"}  kosh import downloads/migration.xlsx --released 2026-08-11{"\u000A"}  kosh import table.csv --recipe interregional --encoding windows-1251{"\u000A"}  kosh import - --recipe release-text < page.txt      Текст, скопированный со страницы{"\u000A"}  kosh import --undo                                  Отменить последнюю загрузку{"\u000A"}{"\u000A"}Строки записываются, только если все верны, и все сразу.

# The workbook: xlsx, xls, xlsb, ods, csv or text, or the description of a table; `-` for standard input
m-e4ae5ca3 = Книга: xlsx, xls, xlsb, ods, csv или текст либо описание таблицы; `-` — стандартный ввод

# What to import
m-568145a9 = Что загружать

# The recipe for the workbook; found automatically if only one fits
m-15b4b847 = Рецепт для книги; если подходит один, находится сам

# The encoding of a text file, for example windows-1251; by default detected
m-75f1b907 = Кодировка текстового файла, например windows-1251; по умолчанию определяется

# The separator of a text file: tab, semicolon, comma, bar; by default detected
m-a6b82cfd = Разделитель текстового файла: tab, semicolon, comma, bar; по умолчанию определяется

# Of a package with several tables: the one that is read
m-adec9af8 = Если в пакете несколько таблиц: какую читать

# Only show what would be written
m-1a966fef = Только показать, что записалось бы

# Write without asking, for scripts
m-8f5e7316 = Записать без вопросов, для скриптов

# Write the correct figures although others are refused
m-6780659b = Записать верные значения, хотя другие не приняты

# Write although the new rows have this warning, for example K0140 (repeat, or separate with commas)
m-06a3547f = Записать, хотя о новых строках есть это предупреждение, например K0140 (повторите или перечислите через запятую)

# Undo the last import
m-a05e1129 = Отменить последнюю загрузку

# The key of the release, for example 2026-H1-express; `{period}` is replaced by the latest period
m-2fd8efdc = Ключ выпуска, например 2026-H1-express; `{ $period }` заменяется последним периодом

# The status of the release: express, final or secondary
m-6aad1426 = Статус выпуска: express, final или secondary

# The first day on which the figures were public, for example 2026-08-11
m-112655a5 = Первый день, когда данные были открыты, например 2026-08-11

# The key of the source in the table of sources
m-7f677387 = Ключ источника в таблице источников

# The publisher of a new source
m-87c989ed = Кто издал новый источник

# The title of a new source
m-0d4b243b = Название нового источника

# The address of a new source
m-6421c785 = Адрес нового источника

# Another column of the row of a new source (repeat)
m-c1254ff9 = Ещё один столбец строки нового источника (повторите)

# Write a picture of the sheet that shows how each cell was read
m-3abd7e1f = Записать картину листа, на которой видно, как прочитана каждая ячейка

# Describe a new table of the data folder, guessed from its file
m-43c1022b = Описать новую таблицу папки данных, угадав описание по её файлу

# Examples:
#   kosh table new data/visitors.csv          Shows what each column is taken for, and asks
#   kosh table new data/visitors.csv --yes    Without asking, for scripts
# 
# Only `datapackage.json` is written, and only a new resource into it. What is described already stays as it is.
m-67e964ed = Примеры:{"\u000A"}  kosh table new data/visitors.csv          Показать, чем сочтён каждый столбец, и спросить{"\u000A"}  kosh table new data/visitors.csv --yes    Без вопросов, для скриптов{"\u000A"}{"\u000A"}Записывается только `datapackage.json`, и в него — только новый ресурс. Уже описанное остаётся как есть.

# Write the resource of a new table into datapackage.json, guessed from the file
m-f5f5d46c = Записать в datapackage.json ресурс новой таблицы, угаданный по файлу

# The CSV file, in the data folder
m-3a3438b6 = Файл CSV в папке данных

# Write without asking
m-9993991f = Записать без вопросов

# List, draft, test and draw the recipes by which workbooks are read
m-a23950b8 = Перечислить, набросать, проверить и нарисовать рецепты, по которым читаются книги

# Examples:
#   kosh recipe list                           The recipes of the project
#   kosh recipe new downloads/migration.xlsx --table interregional --name moves
#   kosh recipe test                           Each recipe with the workbook next to it
#   kosh recipe picture downloads/migration.xlsx --recipe moves
m-caddc33e = Примеры:{"\u000A"}  kosh recipe list                           Рецепты проекта{"\u000A"}  kosh recipe new downloads/migration.xlsx --table interregional --name moves{"\u000A"}  kosh recipe test                           Каждый рецепт с книгой рядом с ним{"\u000A"}  kosh recipe picture downloads/migration.xlsx --recipe moves

# List the recipes of the project
m-eb669d08 = Перечислить рецепты проекта

# Print a recipe
m-761cc35b = Напечатать рецепт

# The recipe
m-ec42ee42 = Рецепт

# Recipe
m-350c7aef = Рецепт

# Make a draft of a recipe for a workbook
m-ef3f6f8d = Сделать черновик рецепта для книги

# The workbook; `-` for standard input
m-3143d42c = Книга; `-` — стандартный ввод

# The table for the rows; by default guessed from the sheet
m-dd8c9d0a = Таблица для строк; по умолчанию угадывается по листу

# Write the draft to data/recipes/NAME.toml instead of printing it
m-ca4612e8 = Записать черновик в data/recipes/NAME.toml, а не печатать

# The encoding of a text file; by default detected
m-c93cd6d1 = Кодировка текстового файла; по умолчанию определяется

# The separator of a text file; by default detected
m-5a7d318f = Разделитель текстового файла; по умолчанию определяется

# Run recipes on the workbooks next to them, and compare the rows with the expected ones
m-7f4e76d8 = Применить рецепты к книгам рядом с ними и сравнить строки с ожидаемыми

# The recipe; by default all that have a workbook next to them
m-c2d9f5a4 = Рецепт; по умолчанию — все, рядом с которыми есть книга

# Save the rows that the recipe gives now as the expected rows
m-977958c4 = Сохранить строки, которые рецепт даёт сейчас, как ожидаемые

# Write a picture of a sheet that shows how a recipe reads each cell
m-3e8dbfbc = Записать картину листа, на которой видно, как рецепт читает каждую ячейку

# The file of the picture; by default RECIPE.html
m-795d15cc = Файл картины; по умолчанию RECIPE.html

# Show what changed between two days, periods, builds or data folders
m-668ab6ac = Показать, что изменилось между двумя днями, периодами, сборками или папками данных

# Examples:
#   kosh diff                       The last build against the project as it is now
#   kosh diff 2026-02-09            What was revised since that day
#   kosh diff 2026-02-09 2026-03-13 --period 2025
#   kosh diff 2024 2025             One period against another
#   kosh diff old/data data         Two data folders
m-fd485e3d = Примеры:{"\u000A"}  kosh diff                       Последняя сборка против нынешнего проекта{"\u000A"}  kosh diff 2026-02-09            Что пересмотрено с того дня{"\u000A"}  kosh diff 2026-02-09 2026-03-13 --period 2025{"\u000A"}  kosh diff 2024 2025             Один период против другого{"\u000A"}  kosh diff old/data data         Две папки данных

# The earlier issue: a day (2026-02-09), a period (2025-H1), the folder of a build, or a data folder; by default the last build
m-27e6e14b = Более ранний выпуск: день (2026-02-09), период (2025-H1), папка сборки или папка данных; по умолчанию — последняя сборка

# The later issue; by default the project as it is now
m-e4ec58ff = Более поздний выпуск; по умолчанию — проект как он есть

# Exit with 1 if anything changed, with 2 if the two cannot be compared
m-2c5a1dae = Завершиться с 1, если что-то изменилось, с 2, если сравнить нельзя

# Check that releases are unchanged and can be built again with the same result
m-a8725165 = Проверить, что выпуски не изменены и собираются заново с тем же результатом

# Examples:
#   kosh verify                     All releases of the project
#   kosh verify output/2025-H1/bns  One release
m-dccf977c = Примеры:{"\u000A"}  kosh verify                     Все выпуски проекта{"\u000A"}  kosh verify output/2025-H1/bns  Один выпуск

# A release, or a folder with releases; by default everything built and published
m-6c34f6a2 = Выпуск или папка с выпусками; по умолчанию — всё собранное и опубликованное

# Explain a diagnostic, a setting with the line that sets it, or a section with its blocks
m-ba0a96d0 = Объяснить сообщение, настройку со строкой, которая её задаёт, или раздел с его блоками

# Examples:
#   kosh explain K0120                        What a message means, and what to do
#   kosh explain brand.accent                 The current value, and the line that sets it
#   kosh explain cards --profile mlspp
#   kosh explain section.general              The blocks of a section, and the files that change them
#   kosh explain strings.en.layout.figure
#   kosh explain figures.F1.of
#   kosh explain indicators.X1
# 
# A path that begins with `kosh:` is a file inside the program.
m-60b0738a = Примеры:{"\u000A"}  kosh explain K0120                        Что значит сообщение и что делать{"\u000A"}  kosh explain brand.accent                 Нынешнее значение и строка, которая его задаёт{"\u000A"}  kosh explain cards --profile mlspp{"\u000A"}  kosh explain section.general              Блоки раздела и файлы, которые их меняют{"\u000A"}  kosh explain strings.en.layout.figure{"\u000A"}  kosh explain figures.F1.of{"\u000A"}  kosh explain indicators.X1{"\u000A"}{"\u000A"}Путь, который начинается с `kosh:`, — файл внутри программы.

# A code such as K0120; a key such as brand.accent, strings.LANG.KEY, figures.ID.KEY, tables.ID.KEY or indicators.ID.KEY; or a section such as section.general
m-94bed9d3 = Код, например K0120; ключ, например brand.accent, strings.LANG.KEY, figures.ID.KEY, tables.ID.KEY или indicators.ID.KEY; или раздел, например section.general

# Open the handbook in a browser, or print a page of it
m-567be5e0 = Открыть руководство в браузере или напечатать его страницу

# Examples:
#   kosh handbook                        Open the handbook in the browser
#   kosh handbook look                   Open a chapter
#   kosh handbook project#releases       Open a part of a page
#   kosh handbook data --print           Print a page
#   kosh handbook --print                Print the contents
#   kosh handbook --output DIR           Write all pages as files
# 
# The pages are in the program and need no network. Without a browser, or if the output is not a terminal,
# the page is printed.
m-d8150343 = Примеры:{"\u000A"}  kosh handbook                        Открыть руководство в браузере{"\u000A"}  kosh handbook look                   Открыть главу{"\u000A"}  kosh handbook project#releases       Открыть часть страницы{"\u000A"}  kosh handbook data --print           Напечатать страницу{"\u000A"}  kosh handbook --print                Напечатать содержание{"\u000A"}  kosh handbook --output DIR           Записать все страницы файлами{"\u000A"}{"\u000A"}Страницы — в самой программе, и сеть им не нужна. Если браузера нет или вывод идёт не в терминал,{"\u000A"}страница печатается.

# A page or a part of one, such as look or project#releases, or a code such as K0120
m-0fe7c8dc = Страница или её часть, например look или project#releases, либо код, например K0120

# Print the page instead of opening it
m-4126fb3a = Напечатать страницу, а не открывать её

# The language; by default that of the system
m-ba603e95 = Язык; по умолчанию — язык системы

# Write all pages into this folder, which must be new or empty
m-aea5317c = Записать все страницы в эту папку; она должна быть новой или пустой

# Format section files: blanks and line breaks, never what they print
m-53457889 = Привести в порядок файлы разделов: пробелы и переводы строк, но не то, что они печатают

# Examples:
#   kosh fmt                        All sections below templates/
#   kosh fmt --check                Only say which files would change (exit code 1)
#   kosh fmt templates/profiles/our-agency/sections/08-ours.en.md
# 
# It changes blanks and line breaks, and never what a section prints.
m-d2bb27b9 = Примеры:{"\u000A"}  kosh fmt                        Все разделы внутри templates/{"\u000A"}  kosh fmt --check                Только назвать файлы, которые изменились бы (код завершения 1){"\u000A"}  kosh fmt templates/profiles/our-agency/sections/08-ours.en.md{"\u000A"}{"\u000A"}Меняются пробелы и переводы строк, но никогда — то, что раздел печатает.

# Section files, or folders with them
m-2b5f643d = Файлы разделов или папки с ними

# Write nothing; exit with 1 if a file would change
m-96ec295e = Ничего не записывать; завершиться с 1, если какой-то файл изменился бы

# Print the JSON Schema of a file, for checks and completion in an editor
m-60045832 = Напечатать JSON Schema файла для проверки и подсказок в редакторе

# Examples:
#   kosh schema brief > schemas/brief.json
#   kosh schema --vscode            Snippets, settings and all schemas for VS Code, in this project
# 
# Editors find the schema by the first line of a file: `#:schema schemas/brief.json`, a path relative to
# the file (Taplo; Even Better TOML in VS Code). `kosh init` writes the schemas and these lines.
m-81cfc8d1 = Примеры:{"\u000A"}  kosh schema brief > schemas/brief.json{"\u000A"}  kosh schema --vscode            Заготовки, настройки и все схемы для VS Code, в этот проект{"\u000A"}{"\u000A"}Редакторы находят схему по первой строке файла: `#:schema schemas/brief.json`, путь от самого файла{"\u000A"}(Taplo; Even Better TOML в VS Code). Схемы и эти строки пишет `kosh init`.

# The file, without its ending
m-436eede7 = Файл, без окончания

# Write settings, snippets and all schemas for VS Code into a project; by default into this folder
m-ac1e6545 = Записать в проект настройки, заготовки и все схемы для VS Code; по умолчанию — в эту папку

# Print the completion script of a shell
m-9a5cd11a = Напечатать скрипт дополнения для оболочки

# Examples:
#   kosh completions bash > ~/.local/share/bash-completion/completions/kosh
#   kosh completions zsh > ~/.zfunc/_kosh
#   kosh completions fish > ~/.config/fish/completions/kosh.fish
m-a2390e9b = Примеры:{"\u000A"}  kosh completions bash > ~/.local/share/bash-completion/completions/kosh{"\u000A"}  kosh completions zsh > ~/.zfunc/_kosh{"\u000A"}  kosh completions fish > ~/.config/fish/completions/kosh.fish

# The shell
m-205d79c6 = Оболочка

# Print the manual page, or write the pages of all commands into a folder
m-dca93964 = Напечатать страницу руководства или записать страницы всех команд в папку

# Examples:
#   kosh man | man -l -
#   kosh man ~/.local/share/man/man1
m-cd85bc53 = Примеры:{"\u000A"}  kosh man | man -l -{"\u000A"}  kosh man ~/.local/share/man/man1

# The folder for the pages of all commands; without it the page of `kosh` is printed
m-04d3ac1e = Папка для страниц всех команд; без неё печатается страница `kosh`
