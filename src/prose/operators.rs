//! Operators: calculations with facts are done by this program and not by the template engine.
//!
//! The engine compares an object with a number by their types, joins an object as its debug text, and
//! treats every object as true. So before a template is compiled, its operators are replaced by calls of
//! functions in `compare`: `X1 > X2` is run as `_compare(X1,">",X2)`, `{% if X1 %}` as `{% if _sure(X1)
//! %}`. In: the text of a template. Out: the text to compile, and the edits, by which a place in it is
//! mapped back to the typed text.
//!
//! The tokens are those of the engine. The grammar of expressions is small and is parsed here by
//! recursive descent. What cannot be parsed is refused.

use std::ops::Range;

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

/// Compares: `_compare(a, "<", b)`, or a chain of comparisons.
pub(super) const COMPARE: &str = "_compare";
/// Joins two texts, such as `~` does.
pub(super) const JOIN: &str = "_join";
/// Returns a value that may be a condition.
pub(super) const SURE: &str = "_sure";
/// Returns a value that may take part in arithmetic.
pub(super) const PLAIN: &str = "_plain";
/// Returns a value that a loop may iterate over; a sentence with an empty loop is left out.
pub(super) const EACH: &str = "_each";
/// The same for a loop with an `else`, whose text covers the empty case.
pub(super) const EACH_OR: &str = "_each_or";
/// Returns the operand of a test, where not passing the test claims nothing.
pub(super) const ASKED: &str = "_asked";
/// The same where the text says something about what does not pass: after `not`, or with an `else`. A
/// missing fact neither passes nor fails a test.
pub(super) const ASKED_SURE: &str = "_asked_sure";
/// Returns members that may be accessed by index.
pub(super) const PLACED: &str = "_placed";

/// The largest depth of nested expressions, the same as the engine's.
const DEPTH: usize = 120;

/// A template as compiled, and how it differs from the typed text.
#[derive(Debug, Clone, Default)]
pub(super) struct Prepared {
    /// The compiled text.
    pub text: String,
    edits: Vec<Edit>,
}

/// A replacement of a range of the typed text.
#[derive(Debug, Clone)]
struct Edit {
    written: Range<usize>,
    put: String,
    /// Its order among edits at the same place.
    rank: (u8, isize),
}

impl Prepared {
    /// A text that is compiled unchanged.
    pub(super) fn as_written(text: &str) -> Self {
        Self { text: text.to_owned(), edits: vec![] }
    }

    /// Maps a range of the compiled text to the typed text.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        self.back(range.start)..self.back(range.end)
    }

    fn back(&self, at: usize) -> usize {
        let (mut written, mut compiled) = (0, 0);
        for edit in &self.edits {
            let kept = edit.written.start - written;
            if at < compiled + kept {
                return written + at - compiled;
            }
            compiled += kept;
            written = edit.written.start;
            if at < compiled + edit.put.len() {
                return written;
            }
            compiled += edit.put.len();
            written = edit.written.end;
        }
        written + at.saturating_sub(compiled)
    }
}

/// The largest number of words and signs in a tag.
const LONGEST: usize = 1_000;
/// The largest number of `elif` in a template.
const BRANCHES: usize = 200;

/// The byte range of the first tag that is too long. The engine recurses a level deeper for each `not`,
/// each `else` of an expression and each `elif`.
pub(super) fn too_long(text: &str) -> Option<Range<usize>> {
    if text.len() < LONGEST {
        return None;
    }
    if let Some((at, branch)) = text.match_indices("elif").nth(BRANCHES) {
        return Some(at..at + branch.len());
    }
    // A tag with that many words has more bytes than that; text between tags may have too.
    let openers = text.match_indices("{{").chain(text.match_indices("{%"));
    let mut openers: Vec<usize> = openers.map(|(at, _)| at).chain([text.len()]).collect();
    openers.sort_unstable();
    if openers.windows(2).all(|next| next[1] - next[0] < LONGEST) {
        return None;
    }
    let (mut start, mut count) = (0, 0);
    for token in tokenize(text, false, SyntaxConfig::default()) {
        let (token, span) = token.ok()?;
        match token {
            Token::BlockStart | Token::VariableStart => {
                (start, count) = (span.start_offset as usize, 0);
            }
            _ => count += 1,
        }
        if count > LONGEST {
            return Some(start..span.end_offset as usize);
        }
    }
    None
}

/// Prepares a template for the engine; `None` if it cannot be parsed.
pub(super) fn prepare(text: &str) -> Option<Prepared> {
    if !text.contains("{%") && !text.contains("{{") {
        return Some(Prepared::as_written(text));
    }
    let mut tokens = vec![];
    for token in tokenize(text, false, SyntaxConfig::default()) {
        match token.ok()? {
            (Token::TemplateData(_), _) => {}
            token => tokens.push(token),
        }
    }
    let mut reader = Reader { tokens, at: 0, depth: 0, edits: vec![], blocks: vec![] };
    reader.template()?;
    let mut edits = reader.edits;
    edits.sort_by_key(|edit| (edit.written.start, edit.rank));
    let (mut prepared, mut done) = (String::with_capacity(text.len() + 256), 0);
    for edit in &edits {
        prepared.push_str(text.get(done..edit.written.start)?);
        prepared.push_str(&edit.put);
        done = edit.written.end;
    }
    prepared.push_str(text.get(done..)?);
    Some(Prepared { text: prepared, edits })
}

/// A parsed expression: its range with brackets, and the parts that may become its value and have not
/// been wrapped in a call.
struct Read {
    all: Range<usize>,
    open: Vec<Range<usize>>,
}

impl Read {
    /// An expression that is never a fact.
    fn closed(all: Range<usize>) -> Self {
        Self { all, open: vec![] }
    }

    /// An expression that may be anything.
    fn open(all: Range<usize>) -> Self {
        Self { open: vec![all.clone()], all }
    }
}

struct Reader<'a> {
    tokens: Vec<(Token<'a>, Span)>,
    at: usize,
    depth: usize,
    edits: Vec<Edit>,
    /// The open loops and conditions.
    blocks: Vec<Block>,
}

/// A loop or condition.
#[derive(Default)]
struct Block {
    /// The edits that wrap its operands.
    looks: Vec<Range<usize>>,
    /// The token at which its `else` begins.
    otherwise: Option<usize>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn span(&self, at: usize) -> Option<Range<usize>> {
        let span = self.tokens.get(at)?.1;
        Some(span.start_offset as usize..span.end_offset as usize)
    }

    /// Consumes a token that satisfies `is`, and returns its range.
    fn take(&mut self, is: impl Fn(&Token<'a>) -> bool) -> Option<Range<usize>> {
        if !self.peek().is_some_and(is) {
            return None;
        }
        self.at += 1;
        self.span(self.at - 1)
    }

    fn word(&mut self, word: &str) -> Option<Range<usize>> {
        self.take(|token| matches!(token, Token::Ident(name) if *name == word))
    }

    fn is_word(&self, words: &[&str]) -> bool {
        matches!(self.peek(), Some(Token::Ident(name)) if words.contains(name))
    }

    /// Wraps a range in a call.
    fn call(&mut self, name: &str, all: &Range<usize>) {
        let length = isize::try_from(all.len()).unwrap_or(isize::MAX);
        // Of calls that begin at one place the longer one is the outer one; of those that end at one
        // place the shorter one ends first.
        let (open, close) = (format!("{name}("), ")".to_owned());
        let (start, end) = (all.start..all.start, all.end..all.end);
        self.edits.push(Edit { written: start, put: open, rank: (1, -length) });
        self.edits.push(Edit { written: end, put: close, rank: (0, length) });
    }

    fn put(&mut self, written: Range<usize>, put: String) {
        self.edits.push(Edit { written, put, rank: (2, 0) });
    }

    /// Wraps every part of an expression that may become its value in a call.
    fn look(&mut self, name: &str, read: &Read) {
        for open in &read.open {
            self.call(name, open);
        }
    }

    /// Replaces one function by another in edits.
    fn put_instead(&mut self, edits: Range<usize>, name: &str, other: &str) {
        for edit in self.edits.get_mut(edits).into_iter().flatten() {
            if edit.put.strip_suffix('(') == Some(name) {
                edit.put = format!("{other}(");
            }
        }
    }

    /// Ends a loop or condition. The text of its `else` is about what does not pass. A part that prints
    /// the fact in the condition is itself missing without that fact.
    fn end_block(&mut self) {
        let Some(Block { looks, otherwise: Some(otherwise) }) = self.blocks.pop() else { return };
        for edits in looks {
            self.put_instead(edits.clone(), EACH, EACH_OR);
            for edit in edits {
                let start = self.edits[edit].written.start;
                let name = self.tokens.iter().find_map(|(token, span)| match token {
                    Token::Ident(name) if span.start_offset as usize >= start => Some(*name),
                    _ => None,
                });
                let part = self.tokens.get(otherwise..self.at).unwrap_or_default();
                let is_name = |token: &Token<'a>| matches!(token, Token::Ident(other) if Some(*other) == name);
                if !part.iter().any(|(token, _)| is_name(token)) {
                    self.put_instead(edit..edit + 1, ASKED, ASKED_SURE);
                }
            }
        }
    }

    /// Marks all tests since `start` as used in a statement about what does not pass.
    fn is_sure(&mut self, start: usize) {
        self.put_instead(start..self.edits.len(), ASKED, ASKED_SURE);
    }

    /// Wraps the operand of a test in a call.
    fn ask(&mut self, all: &Range<usize>, test: &str, is_negated: bool) {
        let start = self.edits.len();
        self.call(ASKED, all);
        if let Some(edit) = self.edits.last_mut() {
            edit.put = format!(",\"{test}\")");
        }
        if is_negated {
            self.is_sure(start);
        }
    }

    fn template(&mut self) -> Option<()> {
        while let Some(token) = self.peek() {
            match token {
                Token::VariableStart => {
                    self.at += 1;
                    self.expression()?;
                    self.take(|token| matches!(token, Token::VariableEnd))?;
                }
                Token::BlockStart => {
                    self.at += 1;
                    self.statement()?;
                    self.take(|token| matches!(token, Token::BlockEnd))?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        let Some(Token::Ident(keyword)) = self.peek() else { return None };
        let keyword = *keyword;
        self.at += 1;
        match keyword {
            "if" | "elif" => {
                if keyword == "if" {
                    self.blocks.push(Block::default());
                }
                let start = self.edits.len();
                let condition = self.or()?;
                self.look(SURE, &condition);
                let edits = start..self.edits.len();
                if let Some(block) = self.blocks.last_mut() {
                    block.looks.push(edits);
                }
            }
            "endif" | "endfor" => self.end_block(),
            "else" => {
                let at = self.at;
                if let Some(block) = self.blocks.last_mut() {
                    block.otherwise = Some(at);
                }
            }
            "for" => {
                while !self.is_word(&["in"]) {
                    self.take(|token| {
                        matches!(
                            token,
                            Token::Ident(_) | Token::Comma | Token::ParenOpen | Token::ParenClose
                        )
                    })?;
                }
                self.at += 1;
                let series = self.or()?;
                let start = self.edits.len();
                self.look(EACH, &series);
                let looks = std::iter::once(start..self.edits.len()).collect();
                self.blocks.push(Block { looks, otherwise: None });
                if self.word("if").is_some() {
                    let condition = self.expression()?;
                    self.look(SURE, &condition);
                }
                self.word("recursive");
            }
            "set" | "with" => {
                let start = self.edits.len();
                while !matches!(self.peek(), None | Some(Token::BlockEnd)) {
                    match self.take(|token| matches!(token, Token::Assign)) {
                        Some(_) => {
                            self.expression()?;
                        }
                        None => self.at += 1,
                    }
                }
                self.is_sure(start);
            }
            "macro" => {
                self.take(|token| matches!(token, Token::Ident(_)))?;
                self.arguments()?;
            }
            "call" => {
                if matches!(self.peek(), Some(Token::ParenOpen)) {
                    self.arguments()?;
                }
                self.expression()?;
            }
            "do" => {
                self.expression()?;
            }
            // Other tags contain only names and filters, whose arguments are text.
            _ => {
                while !matches!(self.peek(), None | Some(Token::BlockEnd)) {
                    self.at += 1;
                }
            }
        }
        // `{% set a = 1, 2 %}`
        while self.take(|token| matches!(token, Token::Comma)).is_some() {
            self.expression()?;
        }
        Some(())
    }

    /// `a if b else c`
    fn expression(&mut self) -> Option<Read> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut value = self.or()?;
        while self.word("if").is_some() {
            let start = self.edits.len();
            let condition = self.or()?;
            self.look(SURE, &condition);
            let mut end = condition.all.end;
            if self.word("else").is_some() {
                self.is_sure(start);
                let other = self.expression()?;
                end = other.all.end;
                value.open.extend(other.open);
            }
            value.all.end = end;
        }
        self.depth -= 1;
        Some(value)
    }

    fn or(&mut self) -> Option<Read> {
        let mut left = self.and()?;
        while self.word("or").is_some() {
            let right = self.and()?;
            left = self.either(&left, right);
        }
        Some(left)
    }

    fn and(&mut self) -> Option<Read> {
        let mut left = self.not()?;
        while self.word("and").is_some() {
            let right = self.not()?;
            left = self.either(&left, right);
        }
        Some(left)
    }

    /// The left side of `and` and `or` is a condition, and the right side may be the value.
    fn either(&mut self, left: &Read, right: Read) -> Read {
        self.look(SURE, left);
        Read { all: left.all.start..right.all.end, open: right.open }
    }

    fn not(&mut self) -> Option<Read> {
        let Some(not) = self.word("not") else { return self.comparison() };
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let start = self.edits.len();
        let read = self.not()?;
        self.depth -= 1;
        self.look(SURE, &read);
        self.is_sure(start);
        Some(Read::closed(not.start..read.all.end))
    }

    fn comparison(&mut self) -> Option<Read> {
        let start = self.edits.len();
        let first = self.sum()?;
        let mut end = None;
        while let Some((operator, written)) = self.operator() {
            self.put(written, format!(",\"{operator}\","));
            end = Some(self.sum()?.all.end);
        }
        let Some(end) = end else { return Some(first) };
        self.is_sure(start);
        let all = first.all.start..end;
        self.call(COMPARE, &all);
        Some(Read::closed(all))
    }

    fn operator(&mut self) -> Option<(&'static str, Range<usize>)> {
        let operator = match self.peek()? {
            Token::Eq => "==",
            Token::Ne => "!=",
            Token::Lt => "<",
            Token::Lte => "<=",
            Token::Gt => ">",
            Token::Gte => ">=",
            Token::Ident("in") => "in",
            Token::Ident("not") => {
                let follows = self.tokens.get(self.at + 1).map(|(token, _)| token);
                if !matches!(follows, Some(Token::Ident("in"))) {
                    return None;
                }
                let start = self.span(self.at)?.start;
                self.at += 2;
                return Some(("not in", start..self.span(self.at - 1)?.end));
            }
            _ => return None,
        };
        self.at += 1;
        Some((operator, self.span(self.at - 1)?))
    }

    fn sum(&mut self) -> Option<Read> {
        self.arithmetic(Self::join, |token| matches!(token, Token::Plus | Token::Minus))
    }

    fn join(&mut self) -> Option<Read> {
        let mut left = self.product()?;
        while let Some(tilde) = self.take(|token| matches!(token, Token::Tilde)) {
            let right = self.product()?;
            let all = left.all.start..right.all.end;
            self.put(tilde, ",".to_owned());
            self.call(JOIN, &all);
            left = Read::open(all);
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Read> {
        self.arithmetic(Self::power, |token| {
            matches!(token, Token::Mul | Token::Div | Token::FloorDiv | Token::Mod)
        })
    }

    fn power(&mut self) -> Option<Read> {
        self.arithmetic(Self::unary, |token| matches!(token, Token::Pow))
    }

    fn arithmetic(
        &mut self,
        operand: impl Fn(&mut Self) -> Option<Read>,
        is_operator: impl Fn(&Token<'a>) -> bool,
    ) -> Option<Read> {
        let mut left = operand(self)?;
        while self.take(&is_operator).is_some() {
            let right = operand(self)?;
            self.look(PLAIN, &left);
            self.look(PLAIN, &right);
            left = Read::closed(left.all.start..right.all.end);
        }
        Some(left)
    }

    fn unary(&mut self) -> Option<Read> {
        let read = self.negated()?;
        let read = self.postfix(read)?;
        self.filters(read)
    }

    fn negated(&mut self) -> Option<Read> {
        let Some(minus) = self.take(|token| matches!(token, Token::Minus)) else {
            return self.primary();
        };
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let read = self.negated()?;
        let read = self.postfix(read)?;
        self.depth -= 1;
        self.look(PLAIN, &read);
        Some(Read::closed(minus.start..read.all.end))
    }

    fn primary(&mut self) -> Option<Read> {
        let all = self.span(self.at)?;
        let is_text = |token: &Token<'_>| matches!(token, Token::Str(_) | Token::String(_));
        match self.peek()? {
            Token::Ident("true" | "True" | "false" | "False" | "none" | "None")
            | Token::Int(_)
            | Token::Int128(_)
            | Token::Float(_) => {
                self.at += 1;
                Some(Read::closed(all))
            }
            Token::Ident(_) => {
                self.at += 1;
                Some(Read::open(all))
            }
            token if is_text(token) => {
                let mut end = all.end;
                while let Some(text) = self.take(is_text) {
                    end = text.end;
                }
                Some(Read::closed(all.start..end))
            }
            Token::ParenOpen => {
                self.at += 1;
                let close = |token: &Token<'_>| matches!(token, Token::ParenClose);
                if let Some(close) = self.take(close) {
                    return Some(Read::closed(all.start..close.end));
                }
                let first = self.expression()?;
                if let Some(close) = self.take(close) {
                    return Some(Read { all: all.start..close.end, open: first.open });
                }
                // A tuple.
                loop {
                    self.take(|token| matches!(token, Token::Comma))?;
                    if let Some(close) = self.take(close) {
                        return Some(Read::closed(all.start..close.end));
                    }
                    self.expression()?;
                    if let Some(close) = self.take(close) {
                        return Some(Read::closed(all.start..close.end));
                    }
                }
            }
            Token::BracketOpen => {
                self.at += 1;
                self.list(&|token| matches!(token, Token::BracketClose), false)?;
                Some(Read::closed(all.start..self.span(self.at - 1)?.end))
            }
            Token::BraceOpen => {
                self.at += 1;
                self.list(&|token| matches!(token, Token::BraceClose), true)?;
                Some(Read::closed(all.start..self.span(self.at - 1)?.end))
            }
            _ => None,
        }
    }

    /// Expressions separated by commas up to a bracket; in a map each has a key before it.
    fn list(&mut self, is_end: &dyn Fn(&Token<'a>) -> bool, is_map: bool) -> Option<()> {
        let start = self.edits.len();
        let mut is_first = true;
        while self.take(is_end).is_none() {
            if !std::mem::take(&mut is_first) {
                self.take(|token| matches!(token, Token::Comma))?;
                if self.take(is_end).is_some() {
                    break;
                }
            }
            self.expression()?;
            if is_map {
                self.take(|token| matches!(token, Token::Colon))?;
                self.expression()?;
            }
        }
        self.is_sure(start);
        Some(())
    }

    fn postfix(&mut self, mut read: Read) -> Option<Read> {
        loop {
            match self.peek() {
                Some(Token::Dot) => {
                    self.at += 1;
                    let is_placed = !matches!(self.peek(), Some(Token::Ident(_)));
                    let name = self.take(|token| {
                        matches!(token, Token::Ident(_) | Token::Int(_) | Token::Int128(_))
                    })?;
                    if is_placed {
                        self.call(PLACED, &read.all);
                    }
                    read = Read::open(read.all.start..name.end);
                }
                Some(Token::BracketOpen) => {
                    self.at += 1;
                    let mut is_placed = !matches!(
                        self.peek(),
                        Some(Token::Str(_) | Token::String(_) | Token::BracketClose)
                    );
                    let close = loop {
                        if let Some(close) = self.take(|token| matches!(token, Token::BracketClose))
                        {
                            break close;
                        }
                        if self.take(|token| matches!(token, Token::Colon)).is_none() {
                            self.expression()?;
                        } else {
                            is_placed = true;
                        }
                    };
                    if is_placed {
                        self.call(PLACED, &read.all);
                    }
                    read = Read::open(read.all.start..close.end);
                }
                Some(Token::ParenOpen) => {
                    let end = self.arguments()?;
                    read = Read::open(read.all.start..end);
                }
                _ => return Some(read),
            }
        }
    }

    /// The arguments of a call; returns the end of the call.
    fn arguments(&mut self) -> Option<usize> {
        self.take(|token| matches!(token, Token::ParenOpen))?;
        let start = self.edits.len();
        let mut is_first = true;
        loop {
            if let Some(close) = self.take(|token| matches!(token, Token::ParenClose)) {
                self.is_sure(start);
                return Some(close.end);
            }
            if !std::mem::take(&mut is_first) {
                self.take(|token| matches!(token, Token::Comma))?;
                if matches!(self.peek(), Some(Token::ParenClose)) {
                    continue;
                }
            }
            self.take(|token| matches!(token, Token::Pow | Token::Mul));
            self.expression()?;
            if self.take(|token| matches!(token, Token::Assign)).is_some() {
                self.expression()?;
            }
        }
    }

    fn filters(&mut self, mut read: Read) -> Option<Read> {
        loop {
            if self.take(|token| matches!(token, Token::Pipe)).is_some() {
                let end = self.name_and_arguments()?;
                read = Read::open(read.all.start..end);
            } else if self.word("is").is_some() {
                let is_negated = self.word("not").is_some();
                if let Some(Token::Ident(test)) = self.peek() {
                    let test = *test;
                    self.ask(&read.all, test, is_negated);
                }
                let mut end = self.name_and_arguments()?;
                let is_argument = matches!(
                    self.peek(),
                    Some(
                        Token::Ident(_)
                            | Token::Str(_)
                            | Token::String(_)
                            | Token::Int(_)
                            | Token::Int128(_)
                            | Token::Float(_)
                            | Token::Minus
                            | Token::BracketOpen
                            | Token::BraceOpen
                    )
                ) && !self.is_word(&["and", "or", "else", "is"]);
                if is_argument {
                    let argument = self.negated()?;
                    end = self.postfix(argument)?.all.end;
                }
                read = Read::closed(read.all.start..end);
            } else {
                return Some(read);
            }
        }
    }

    fn name_and_arguments(&mut self) -> Option<usize> {
        let mut end = self.take(|token| matches!(token, Token::Ident(_)))?.end;
        while self.take(|token| matches!(token, Token::Dot)).is_some() {
            end = self.take(|token| matches!(token, Token::Ident(_)))?.end;
        }
        match self.peek() {
            Some(Token::ParenOpen) => self.arguments(),
            _ => Some(end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(text: &str) -> String {
        prepare(text).unwrap_or_else(|| panic!("{text}")).text
    }

    #[test]
    fn a_tag_that_goes_too_deep_is_found() {
        let nots = |count| format!("a {{% if {}true %}}b{{% endif %}}", "not ".repeat(count));
        assert_eq!(too_long(&nots(900)), None);
        assert_eq!(too_long(&nots(1_100)).map(|range| range.start), Some(2));
        // `%}` inside a text does not end a tag.
        let hidden = format!("{{% if \"%}}\" and {}true %}}b{{% endif %}}", "not ".repeat(1_100));
        assert!(too_long(&hidden).is_some());
        assert_eq!(too_long(&"words between tags ".repeat(2_000)), None);
        assert!(too_long(&"{% elif a %}".repeat(300)).is_some());
    }

    #[test]
    fn a_comparison_becomes_a_call_and_the_rest_stays() {
        for (written, run) in [
            ("{% if X1 > X2 %}", r#"{% if _compare(X1 ,">", X2) %}"#),
            ("{% if X1>X2 %}", r#"{% if _compare(X1,">",X2) %}"#),
            ("{% elif (X1) >= ((2)) %}", r#"{% elif _compare((X1) ,">=", ((2))) %}"#),
            ("{% if 1 < X1 < 3 %}", r#"{% if _compare(1 ,"<", X1 ,"<", 3) %}"#),
            (
                "{% if X1.base not in [1, a == b] %}",
                r#"{% if _compare(X1.base ,"not in", [1, _compare(a ,"==", b)]) %}"#,
            ),
            ("{% if not X1 > 2 and y %}", r#"{% if not _compare(X1 ,">", 2) and _sure(y) %}"#),
            (
                "{% if X1 is known and X1 > 2 %}",
                r#"{% if _asked(X1,"known") is known and _compare(X1 ,">", 2) %}"#,
            ),
            ("{% if X1 is agreeing(X2) %}", r#"{% if _asked(X1,"agreeing") is agreeing(X2) %}"#),
            ("{{ X1 | int }} {{ 'a > b' }}", "{{ X1 | int }} {{ 'a > b' }}"),
            (
                "{# X1 > 2 #}{% raw %}{{ X1 > 2 }}{% endraw %}",
                "{# X1 > 2 #}{% raw %}{{ X1 > 2 }}{% endraw %}",
            ),
        ] {
            assert_eq!(prepared(written), run);
        }
    }

    #[test]
    fn a_condition_is_looked_at_wherever_it_stands() {
        for (written, run) in [
            ("{% if X1 %}", "{% if _sure(X1) %}"),
            ("{% if not (X1) %}", "{% if not (_sure(X1)) %}"),
            ("{{ (X1 or X2) | int }}", "{{ (_sure(X1) or X2) | int }}"),
            ("{% if X1 or X2 and X3 %}", "{% if _sure(X1) or _sure(X2) and _sure(X3) %}"),
            ("{{ a if X1 else b }}", "{{ a if _sure(X1) else b }}"),
            (
                "{% for r in X1.members if r.value > 2 %}",
                r#"{% for r in _each(X1.members) if _compare(r.value ,">", 2) %}"#,
            ),
            (
                "{% for r in X1 %}{% if x %}{% else %}{% endif %}{% endfor %}",
                "{% for r in _each(X1) %}{% if _sure(x) %}{% else %}{% endif %}{% endfor %}",
            ),
            (
                "{% for r in X1 %}{% else %}{% endfor %}",
                "{% for r in _each_or(X1) %}{% else %}{% endfor %}",
            ),
            ("{% set x = X1 and X2 %}", "{% set x = _sure(X1) and X2 %}"),
            ("{% macro m(x, y=X1 or 2) %}", "{% macro m(x, y=_sure(X1) or 2) %}"),
            ("{% call f(X1 or X2) %}", "{% call f(_sure(X1) or X2) %}"),
            ("{% call(x) f(a=X1 > 2) %}", r#"{% call(x) f(a=_compare(X1 ,">", 2)) %}"#),
        ] {
            assert_eq!(prepared(written), run);
        }
    }

    #[test]
    fn what_a_test_asks_about_is_sure_where_the_opposite_is_said() {
        for (written, run) in [
            ("{% if X1 is a %}", r#"{% if _asked(X1,"a") is a %}"#),
            ("{% if X1 is not a %}", r#"{% if _asked_sure(X1,"a") is not a %}"#),
            ("{% if not X1 is a %}", r#"{% if not _asked_sure(X1,"a") is a %}"#),
            (
                "{% if not (y or X1 is a) %}",
                r#"{% if not (_sure(y) or _asked_sure(X1,"a") is a) %}"#,
            ),
            (
                "{% if X1 is a %}{% elif X2 is b %}{% else %}{% endif %}",
                r#"{% if _asked_sure(X1,"a") is a %}{% elif _asked_sure(X2,"b") is b %}{% else %}{% endif %}"#,
            ),
            (
                "{% if X1 is a %}{% else %}{{ X1 | int }}{% endif %}",
                r#"{% if _asked(X1,"a") is a %}{% else %}{{ X1 | int }}{% endif %}"#,
            ),
            ("{{ y if X1 is a }}", r#"{{ y if _asked(X1,"a") is a }}"#),
            ("{{ y if X1 is a else z }}", r#"{{ y if _asked_sure(X1,"a") is a else z }}"#),
            ("{% set y = X1 is a %}", r#"{% set y = _asked_sure(X1,"a") is a %}"#),
            ("{% if f(X1 is a) %}", r#"{% if _sure(f(_asked_sure(X1,"a") is a)) %}"#),
            (
                "{% if (X1 is a) == false %}",
                r#"{% if _compare((_asked_sure(X1,"a") is a) ,"==", false) %}"#,
            ),
        ] {
            assert_eq!(prepared(written), run);
        }
    }

    #[test]
    fn members_taken_by_their_place_are_looked_at() {
        for (written, run) in [
            ("{{ x.members[:1] }}", "{{ _placed(x.members)[:1] }}"),
            ("{{ x.members[0].name }}", "{{ _placed(x.members)[0].name }}"),
            ("{{ x.members.0 }}", "{{ _placed(x.members).0 }}"),
            ("{{ x[\"N-1\"] }}", "{{ x[\"N-1\"] }}"),
        ] {
            assert_eq!(prepared(written), run);
        }
    }

    #[test]
    fn what_is_joined_or_calculated_is_looked_at() {
        for (written, run) in [
            (r#"{{ X1 ~ "" ~ x }}"#, r#"{{ _join(_join(X1 , "") , x) }}"#),
            ("{{ X1 + 2 * X2 }}", "{{ _plain(X1) + 2 * _plain(X2) }}"),
            ("{{ -X1.base | int }}", "{{ -_plain(X1.base) | int }}"),
            ("{% if X1 - X2 > 0 %}", r#"{% if _compare(_plain(X1) - _plain(X2) ,">", 0) %}"#),
        ] {
            assert_eq!(prepared(written), run);
        }
    }

    #[test]
    fn a_place_is_found_in_what_was_written() {
        let text = "ab {% if not X1 > 10 and X2 %} cd {{ nothing }}";
        let prepared = prepare(text).unwrap();
        for part in ["X1 > 10", "X2", "nothing", "10"] {
            let start = text.find(part).unwrap();
            let run = match part {
                "X1 > 10" => prepared.text.find(COMPARE).unwrap(),
                part => prepared.text.rfind(part).unwrap(),
            };
            let length = match part {
                "X1 > 10" => "_compare(X1 ,\">\", 10)".len(),
                part => part.len(),
            };
            assert_eq!(prepared.written(run..run + length), start..start + part.len(), "{part}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_no_template() {
        for text in ["{% if %}", "{{ (1 }}", "{{ a b }}", "{{ \"a }}", "{% if X1 > %}"] {
            assert!(prepare(text).is_none(), "{text}");
        }
    }
}
