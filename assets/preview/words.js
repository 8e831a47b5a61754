// All words of the preview itself, by language. The words of the pages and the messages come from elsewhere.
//
// The language is the one that kosh was started with, otherwise the first of the browser's that is here,
// otherwise English. Another language is another entry of ALL with the same keys.

const EN_COUNTS = (n, one, more) => `${n} ${n === 1 ? one : more}`;

const en = {
  forms: "Forms of the brief",
  languages: "Languages",
  pages: "Pages",
  zoom: "Size of the pages",
  smaller: "Smaller (−)",
  larger: "Larger (+)",
  fit: "Fit",
  close: "Close (Esc)",
  messagesHint: "What kosh has to say about this brief (M)",
  unsaidHint: "Sentences left out because a figure is not published (D)",
  changesHint: "To the next place that has changed (N), to the previous one (P)",
  keys: "Tab: numbers, figures, sentences · Enter: where one comes from · ← → Page Up/Down: pages · + − 0: size · N, P: changes · M, D: lists · Backspace: back · Esc: close",

  waiting: "The first build is under way",
  lost: "kosh has ended, or cannot be reached; this page waits for it",
  behind: "There is something newer; it is being fetched",
  fetching: (n) => `${EN_COUNTS(n, "page has", "pages have")} not come yet; ${n === 1 ? "it is" : "they are"} being fetched`,
  fresh: (ms) => `Up to date, built in ${ms} ms`,
  because: (files) => ` after ${files.slice(0, 3).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`,
  changed: (n) => `; ${EN_COUNTS(n, "number", "numbers")} changed`,
  reworded: (n) => `; ${EN_COUNTS(n, "text", "texts")} reworded`,
  changes: (n) => EN_COUNTS(n, "change", "changes"),
  changeAt: (n, of) => `Change ${n} of ${of}`,
  stale: "Not rebuilt",
  failed: (n, hasPages) =>
    `${EN_COUNTS(n, "error stands", "errors stand")} in the way. ${hasPages ? "The pages below are the last that could be set." : "There is no good build yet."}`,

  page: (n, of, lang) => `${lang.toUpperCase()} · ${n} / ${of}`,
  pageName: (n, of, title, lang) => `${title} (${lang}), page ${n} of ${of}`,
  noPage: "no such page",
  at: (n, of) => `Page ${n} of ${of}`,
  number: (id, value, unit) => `${id}${value ? ` = ${value} ${unit}` : ""}`,
  figure: (id) => `${id}: the numbers it shows`,
  sentence: (id) => (id ? `${id}: where it is written` : "Where this is written"),

  messages: (errors, warnings) =>
    errors ? EN_COUNTS(errors, "error", "errors") : warnings ? EN_COUNTS(warnings, "warning", "warnings") : "No warnings",
  messagesTitle: "Messages",
  noMessages: "There is nothing to say about this build.",
  unsaid: (n) => (n ? EN_COUNTS(n, "sentence left out", "sentences left out") : "Nothing left out"),
  unsaidTitle: "Not said",
  noUnsaid: "Every sentence could be said.",
  section: "section",

  originTitle: (id) => `Where ${id} comes from`,
  noOrigin: "This number is not a fact of the brief: it is counted or named by a template.",
  textTitle: (id) => (id ? `Where ${id} is written` : "Where this is written"),
  noText: "Where this is written is not known: it is printed by the layout.",
  asPrinted: "As printed",
  asTyped: "As typed",
  numbersIn: "Its numbers",
  phrase: "phrase",
  open: "Open in the editor",
  back: (to) => `← ${to}`,
  backHint: "Back (Backspace)",
  figureTitle: (id) => `What ${id} shows`,
  ofFigure: (n) => EN_COUNTS(n, "number", "numbers"),
  missing: "not published",
  time: "Period",
  against: "Against",
  formula: "Formula",
  compares: "Compares",
  of: "Member of",
  then: "As of, or for",
  now: "The same now",
  base: "A year before",
  precision: "Known to",
  within: (step, error) => (error ? `${step}, within ± ${error}` : `${step}, exactly`),
  flags: "To be said of it",
  rows: (n) => (n ? EN_COUNTS(n, "row of the data", "rows of the data") : "No rows of the data"),
  roundedTo: (n) => `printed to ${n}`,
  release: "Release",
  inferred: "day inferred",
  source: "Source",
  rank: (n) => `precedence ${n}`,
  note: "Note",
  value: "Value",
  more: (n) => `and ${n} more`,
  members: (n) => EN_COUNTS(n, "member", "members"),
  copy: "Copy",
  copied: "Copied",
};

// 1 число, 2 числа, 5 чисел; 21 число.
const ruRule = new Intl.PluralRules("ru");
const ruForm = (n, one, few, many) => ({ one, few })[ruRule.select(n)] ?? many;
const RU_COUNTS = (n, one, few, many) => `${n} ${ruForm(n, one, few, many)}`;

const ru = {
  forms: "Виды обзора",
  languages: "Языки",
  pages: "Страницы",
  zoom: "Размер страниц",
  smaller: "Мельче (−)",
  larger: "Крупнее (+)",
  fit: "Вписать",
  close: "Закрыть (Esc)",
  messagesHint: "Что kosh сообщает об этом обзоре (M или Ь)",
  unsaidHint: "Предложения, пропущенные из-за того, что показатель не опубликован (D или В)",
  changesHint: "К следующему изменённому месту (N или Т), к предыдущему (P или З)",
  keys: "Tab: числа, рисунки, предложения · Enter: откуда взято · ← → Page Up/Down: страницы · + − 0: размер · N, P: изменения · M, D: списки · Backspace: назад · Esc: закрыть",

  waiting: "Идёт первая сборка",
  lost: "kosh завершил работу или недоступен; страница ждёт его",
  behind: "Есть новая сборка; она загружается",
  fetching: (n) => `${RU_COUNTS(n, "страница ещё не получена", "страницы ещё не получены", "страниц ещё не получено")}; идёт загрузка`,
  fresh: (ms) => `Показана последняя сборка, она заняла ${ms} мс`,
  because: (files) => `, после ${files.slice(0, 3).join(", ")}${files.length > 3 ? ` и ещё ${files.length - 3}` : ""}`,
  changed: (n) => `; ${RU_COUNTS(n, "число изменилось", "числа изменились", "чисел изменилось")}`,
  reworded: (n) => `; ${RU_COUNTS(n, "текст изменён", "текста изменены", "текстов изменено")}`,
  changes: (n) => RU_COUNTS(n, "изменение", "изменения", "изменений"),
  changeAt: (n, of) => `Изменение ${n} из ${of}`,
  stale: "Не собрано",
  failed: (n, hasPages) =>
    `Сборке ${ruForm(n, "мешает", "мешают", "мешают")} ${RU_COUNTS(n, "ошибка", "ошибки", "ошибок")}. ${hasPages ? "Ниже показаны страницы последней удачной сборки." : "Удачной сборки ещё не было."}`,

  page: (n, of, lang) => `${lang.toUpperCase()} · ${n} / ${of}`,
  pageName: (n, of, title, lang) => `${title} (${lang}), страница ${n} из ${of}`,
  noPage: "такой страницы нет",
  at: (n, of) => `Страница ${n} из ${of}`,
  number: (id, value, unit) => `${id}${value ? ` = ${value} ${unit}` : ""}`,
  figure: (id) => `${id}: числа рисунка`,
  sentence: (id) => (id ? `${id}: где это написано` : "Где это написано"),

  messages: (errors, warnings) =>
    errors
      ? RU_COUNTS(errors, "ошибка", "ошибки", "ошибок")
      : warnings ? RU_COUNTS(warnings, "предупреждение", "предупреждения", "предупреждений") : "Предупреждений нет",
  messagesTitle: "Сообщения",
  noMessages: "Об этой сборке нечего сообщить.",
  unsaid: (n) =>
    (n ? RU_COUNTS(n, "предложение пропущено", "предложения пропущены", "предложений пропущено") : "Ничего не пропущено"),
  unsaidTitle: "Пропущенные предложения",
  noUnsaid: "Ни одно предложение не пропущено.",
  section: "раздел",

  originTitle: (id) => `Откуда взято ${id}`,
  noOrigin: "Это число не является показателем обзора: его посчитал или назвал шаблон.",
  textTitle: (id) => (id ? `Где написано ${id}` : "Где это написано"),
  noText: "Где это написано, неизвестно: это печатает макет.",
  asPrinted: "Напечатано",
  asTyped: "Написано",
  numbersIn: "Числа в тексте",
  phrase: "фраза",
  open: "Открыть в редакторе",
  back: (to) => `← ${to}`,
  backHint: "Назад (Backspace)",
  figureTitle: (id) => `Что показывает ${id}`,
  ofFigure: (n) => RU_COUNTS(n, "число", "числа", "чисел"),
  missing: "не опубликовано",
  time: "Период",
  against: "По сравнению с",
  formula: "Формула",
  compares: "Сравнивается",
  of: "Элемент ряда",
  then: "На дату или за период",
  now: "То же сейчас",
  base: "Годом ранее",
  precision: "Известно с точностью до",
  within: (step, error) => (error ? `${step}, в пределах ± ${error}` : `${step}, точно`),
  flags: "Особенности",
  rows: (n) => (n ? RU_COUNTS(n, "строка данных", "строки данных", "строк данных") : "Строк данных нет"),
  roundedTo: (n) => `напечатано с точностью до ${n}`,
  release: "Публикация",
  inferred: "день определён косвенно",
  source: "Источник",
  rank: (n) => `приоритет ${n}`,
  note: "Примечание",
  value: "Значение",
  more: (n) => `и ещё ${n}`,
  members: (n) => RU_COUNTS(n, "элемент", "элемента", "элементов"),
  copy: "Копировать",
  copied: "Скопировано",
};

export const ALL = { en, ru };

const wanted = [document.documentElement.dataset.language, ...navigator.languages].filter(Boolean);
const known = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag in ALL);

// The language of WORDS.
export const LANGUAGE = known ?? "en";
export const WORDS = ALL[LANGUAGE];
