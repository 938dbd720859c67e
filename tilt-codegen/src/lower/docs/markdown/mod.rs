//! Markdown in, the same Markdown in one strict style out.

mod containers;
mod language;
mod marks;

use self::containers::{Bullet, Container, loose_lists};
pub(super) use self::language::is_known_language;
use self::language::language;
use self::marks::Mark;
use super::WIDTH;
use super::inline::{self, Run};
use crate::code_span::longest_run;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
    TextMergeStream,
};

/// The extensions that rustdoc knows, and GitHub's alerts.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

pub(super) fn write(text: &str) -> String {
    let events: Vec<Event<'_>> = TextMergeStream::new(Parser::new_ext(text, options())).collect();
    let mut writer = Writer::new(loose_lists(&events));
    for (index, event) in events.into_iter().enumerate() {
        writer.event(index, event);
    }
    writer.flush();
    let end = writer.out.trim_end().len();
    writer.out.truncate(end);
    writer.out
}

struct Writer {
    out: String,
    loose: Vec<bool>,
    containers: Vec<Container>,
    /// The text of the paragraph, heading or cell that is being read.
    inline: Run,
    /// The text of the block of code that is being read.
    code: String,
    marks: Vec<Mark>,
    block: Block,
    needs_blank: bool,
    /// The mark of a footnote is written, its first paragraph follows.
    in_footnote: bool,
    /// How the last list that ended in this place was marked.
    last_list: Option<Bullet>,
    table: Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Text,
    Heading(usize),
    Code,
    Cell,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    cells: Vec<String>,
}

impl Writer {
    fn new(loose: Vec<bool>) -> Writer {
        Writer {
            out: String::new(),
            loose,
            containers: Vec::new(),
            inline: Run::default(),
            code: String::new(),
            marks: Vec::new(),
            block: Block::Text,
            needs_blank: false,
            in_footnote: false,
            last_list: None,
            table: Table::default(),
        }
    }

    fn event(&mut self, index: usize, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(index, tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.block == Block::Code => self.code.push_str(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.write_marks();
                self.inline.code(&code);
            }
            // Phase one left no tags; what still looks like one is text.
            Event::InlineHtml(text) | Event::Html(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak if self.block != Block::Text => {
                self.markup(" ");
            }
            Event::SoftBreak => self.markup("\n"),
            Event::HardBreak => self.markup("\u{FFFE}\n"),
            Event::Rule => {
                self.flush();
                self.write_lines(&["___".to_owned()]);
                self.needs_blank = true;
            }
            Event::FootnoteReference(name) => self.text(&format!("[^{name}]")),
            Event::TaskListMarker(is_done) => {
                self.markup(if is_done { "\\[x] " } else { "\\[ ] " });
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        let line_end = if self.block == Block::Text { "\n" } else { " " };
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.markup(line_end);
            }
            if !line.is_empty() {
                self.write_marks();
                self.inline.text(line);
            }
        }
    }

    fn markup(&mut self, markup: &str) {
        self.write_marks();
        self.inline.markup(markup);
    }

    fn start(&mut self, index: usize, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.open_sign("*"),
            Tag::Strong => self.open_sign("**"),
            Tag::Strikethrough => self.open_sign("~~"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.open_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.open_link(LinkType::Inline, &dest_url),
            Tag::Superscript | Tag::Subscript => self.marks.push(Mark::Nothing),
            Tag::Paragraph if std::mem::take(&mut self.in_footnote) => {}
            Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.block = Block::Heading(level_number(level));
            }
            Tag::BlockQuote(kind) => {
                self.flush();
                // Outside of the quote, which would be one with a quote before it.
                self.separate();
                self.enter(Container::Quote);
                self.inline.markup(kind.map_or("", alert));
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.block = Block::Code;
                self.table.cells = vec![language(&kind).to_owned()];
            }
            Tag::List(start) => self.start_list(index, start),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.text(&format!("[^{name}]: "));
                self.in_footnote = true;
            }
            Tag::Table(alignments) => {
                self.flush();
                self.table = Table {
                    alignments,
                    cells: Vec::new(),
                };
                self.inline.context.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => self.table.cells.clear(),
            Tag::TableCell => self.block = Block::Cell,
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript => self.close_mark(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.leave();
                self.needs_blank = true;
            }
            TagEnd::List(_) => {
                self.flush();
                if let Some(Container::List { bullet, .. }) = self.leave() {
                    self.last_list = Some(bullet);
                }
                let in_tight = matches!(
                    self.innermost_list(),
                    Some(Container::List {
                        is_loose: false,
                        ..
                    })
                );
                self.needs_blank = !in_tight;
            }
            TagEnd::Item => {
                self.flush();
                self.leave();
                if let Some(Container::List {
                    is_loose: false, ..
                }) = self.containers.last()
                {
                    self.needs_blank = false;
                }
            }
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.end_table_row(),
            TagEnd::TableCell => {
                let cell = self.inline.take();
                let cell = cell.replace([inline::HARD_SPACE, '\n'], " ");
                self.table.cells.push(cell.trim().to_owned());
                self.block = Block::Text;
            }
            TagEnd::Table => {
                self.inline.context.in_table = false;
                self.needs_blank = true;
            }
            _ => self.flush(),
        }
    }

    fn end_heading(&mut self) {
        let Block::Heading(level) = self.block else {
            return;
        };
        self.block = Block::Text;
        let text = self.inline.take();
        let text = text.replace([inline::HARD_SPACE, '\n'], " ");
        let mut text = text.trim().to_owned();
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        if !text.is_empty() {
            self.write_lines(&[format!("{} {text}", "#".repeat(level))]);
            self.needs_blank = true;
        }
    }

    fn end_code(&mut self) {
        self.block = Block::Text;
        let code = std::mem::take(&mut self.code);
        let fence = "`".repeat(3.max(1 + longest_run(&code, '`')));
        let language = self.table.cells.pop().unwrap_or_default();
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(
            code.trim_end()
                .lines()
                .map(|line| line.trim_end().to_owned()),
        );
        lines.push(fence);
        self.write_lines(&lines);
        self.needs_blank = true;
    }

    fn end_table_head(&mut self) {
        let rule = self
            .table
            .alignments
            .iter()
            .map(|alignment| match alignment {
                Alignment::None => "---",
                Alignment::Left => ":--",
                Alignment::Center => ":-:",
                Alignment::Right => "--:",
            });
        let rule = format!("| {} |", rule.collect::<Vec<_>>().join(" | "));
        let head = row(&self.table.cells);
        self.write_lines(&[head, rule]);
        self.needs_blank = false;
    }

    fn end_table_row(&mut self) {
        let row = row(&self.table.cells);
        self.write_lines(&[row]);
        self.needs_blank = false;
    }

    /// Writes the text that was read so far as a block of its own.
    fn flush(&mut self) {
        let text = self.inline.take();
        if text.trim().is_empty() {
            return;
        }
        let used: usize = self.containers.iter().map(Container::width).sum();
        let lines = inline::wrap(&text, used.min(WIDTH / 2));
        let is_tight = match (self.containers.last(), self.innermost_list()) {
            (Some(Container::Item { .. }), Some(Container::List { is_loose, .. })) => !is_loose,
            _ => false,
        };
        self.write_lines(&lines);
        self.needs_blank = !is_tight;
    }

    /// The empty line that is due.
    fn separate(&mut self) {
        if std::mem::take(&mut self.needs_blank) && !self.out.is_empty() {
            self.out.push_str(self.empty_prefix().trim_end());
            self.out.push('\n');
        }
    }

    fn write_lines(&mut self, lines: &[String]) {
        self.separate();
        self.last_list = None;
        for line in lines {
            let prefix = self.prefix();
            self.out.push_str(if line.is_empty() {
                prefix.trim_end()
            } else {
                &prefix
            });
            self.out.push_str(line);
            self.out.push('\n');
        }
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "**Note**",
        BlockQuoteKind::Tip => "**Tip**",
        BlockQuoteKind::Important => "**Important**",
        BlockQuoteKind::Warning => "**Warning**",
        BlockQuoteKind::Caution => "**Caution**",
    }
}

fn level_number(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
