//! JSON, as the contract has it: one object, the same fields for every command's spans.

use std::cell::RefCell;
use std::io::{self, Write};
use std::ops::Range;

use serde::{Serialize, Serializer};

use crate::claim::{Article, Claim, Relation, Sure};
use crate::quantity::{Bound, Kind, Number, Quantity};
use crate::report::escape::{COMMAND, steers};
use crate::report::{Backing, Format, Item, Report, Span, Style, Summary, Thing};
use crate::rule::Severity;
use crate::rule::ledger::Standing;

/// JSON.
pub const FORMAT: Format =
    Format { name: "json", findings: Some(findings), claims: Some(claims), figures: Some(figures), articles: false };

/// The version of the layout; a change that could break a reader raises it.
const SCHEMA_VERSION: &str = "1";

#[derive(Serialize)]
struct ReportJson<'a> {
    schema_version: &'static str,
    findings: Vec<FindingJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    against: Vec<BackingJson<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
pub(super) struct FindingJson<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    spans: Vec<SpanJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixJson<'a>>,
    fingerprint: String,
}

/// How a figure of the draft stands to the sources.
#[derive(Serialize)]
struct BackingJson<'a> {
    #[serde(flatten)]
    figure: SpanJson<'a>,
    standing: Standing,
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<&'a str>,
    from: Vec<SpanJson<'a>>,
}

impl<'a> BackingJson<'a> {
    fn new(backing: &'a Backing) -> Self {
        Self {
            figure: SpanJson::new(&backing.figure),
            standing: backing.standing,
            sum: backing.sum.as_deref(),
            from: backing.from.iter().map(SpanJson::new).collect(),
        }
    }
}

/// What a figure's place could have instead.
#[derive(Serialize)]
struct FixJson<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> FixJson<'a> {
    fn new(item: &'a Item) -> Option<Self> {
        let (span, text) = item.spans.iter().find_map(|span| Some((span, span.fix.as_deref()?)))?;
        let Range { start, end } = span.document.on_disk(span.range.clone());
        Some(Self { path: &span.document.path, start, end, text })
    }
}

#[derive(Serialize)]
struct SpanJson<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
}

impl<'a> SpanJson<'a> {
    fn new(span: &'a Span) -> Self {
        let (line, column) = span.document.line_column(span.range.start);
        let Range { start, end } = span.document.on_disk(span.range.clone());
        Self { path: &span.document.path, start, end, line, column, text: span.text() }
    }
}

fn findings(report: &Report<'_>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.items.iter().map(finding).collect();
    let against = report.against.iter().map(BackingJson::new).collect();
    write(&ReportJson { schema_version: SCHEMA_VERSION, findings, against, summary: report.summary }, out)
}

/// One finding.
pub(super) fn finding(item: &Item) -> FindingJson<'_> {
    FindingJson {
        rule: &item.rule,
        severity: item.severity,
        message: &item.message,
        note: item.note.as_deref(),
        spans: item.spans.iter().map(SpanJson::new).collect(),
        fix: FixJson::new(item),
        fingerprint: item.fingerprint(),
    }
}

#[derive(Serialize)]
struct Documents<'a> {
    schema_version: &'static str,
    #[serde(serialize_with = "in_turn")]
    documents: RefCell<&'a mut dyn Iterator<Item = Article>>,
}

struct DocumentJson(Article);

#[derive(Serialize)]
pub(super) struct ClaimJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
    quantity: QuantityJson<'a>,
    noun: Option<&'a str>,
    subject: Option<&'a str>,
    verb: Option<&'a str>,
    relation: Option<Relation>,
    source: Option<&'a str>,
    times: Vec<&'a str>,
    places: Vec<&'a str>,
    sure: Sure,
    sentence: usize,
}

#[derive(Serialize)]
struct QuantityJson<'a> {
    kind: Kind,
    numbers: &'a [Number],
    low: Option<Number>,
    high: Option<Number>,
    bound: Bound,
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_name: Option<String>,
}

impl<'a> QuantityJson<'a> {
    fn new(quantity: &'a Quantity, noun: Option<&str>) -> Self {
        let per = quantity.per.as_ref();
        let joined = |own: &str, sign: &str, per: Option<&str>| {
            per.map_or_else(|| own.to_owned(), |p| format!("{own}{sign}{p}"))
        };
        let unit = quantity.unit.as_ref();
        Self {
            kind: quantity.kind,
            numbers: &quantity.numbers,
            low: quantity.stated.low.map(|e| e.value),
            high: quantity.stated.high.map(|e| e.value),
            bound: quantity.bound,
            unit: match (unit, per) {
                (Some(unit), per) => Some(joined(&unit.code, "/", per.map(|p| &*p.code))),
                // So many things an hour, say: UCUM's plain one over the hour.
                (None, Some(per)) => Some(format!("1/{}", per.code)),
                (None, None) => None,
            },
            unit_name: match (unit, per) {
                (Some(unit), per) => Some(joined(&unit.name, " per ", per.map(|p| &*p.name))).filter(|n| !n.is_empty()),
                // "3,000 tests a day".
                (None, Some(per)) => noun.map(|noun| format!("{noun} per {}", per.name)),
                (None, None) => None,
            },
        }
    }
}

fn claims(articles: &mut dyn Iterator<Item = Article>, _: Style, out: &mut dyn Write) -> io::Result<()> {
    write(&Documents { schema_version: SCHEMA_VERSION, documents: RefCell::new(articles) }, out)
}

/// Documents one after the other: none is kept once it is written.
fn in_turn<S: Serializer>(articles: &RefCell<&mut dyn Iterator<Item = Article>>, out: S) -> Result<S::Ok, S::Error> {
    let mut articles = articles.borrow_mut();
    out.collect_seq((&mut **articles).map(DocumentJson))
}

impl Serialize for DocumentJson {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            path: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            item: Option<&'a str>,
            #[serde(serialize_with = "claims_of")]
            claims: &'a Article,
        }
        let Self(article) = self;
        let document = &article.document;
        Fields { path: &document.path, item: document.item.as_deref(), claims: article }.serialize(out)
    }
}

fn claims_of<S: Serializer>(article: &Article, out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(article.claims.iter().map(|one| claim(article, one, false)))
}

/// One figure; with its document's path where it stands alone.
pub(super) fn claim<'a>(article: &'a Article, claim: &'a Claim, alone: bool) -> ClaimJson<'a> {
    let (line, column) = article.document.line_column(claim.span.start);
    let Range { start, end } = article.document.on_disk(claim.span.clone());
    let words = |tokens: &[usize]| tokens.iter().map(|&at| article.token_text(claim, at)).collect();
    ClaimJson {
        path: alone.then_some(article.document.path.as_str()),
        item: article.document.item.as_deref().filter(|_| alone),
        start,
        end,
        line,
        column,
        text: article.text(claim),
        quantity: QuantityJson::new(claim.quantity(), claim.noun.as_deref()),
        noun: claim.noun.as_deref(),
        subject: claim.subject.as_deref(),
        verb: claim.verb.as_deref(),
        relation: claim.governed.map(|(_, relation)| relation),
        source: claim.source.as_deref(),
        times: words(&claim.times),
        places: words(&claim.places),
        sure: claim.sure,
        sentence: claim.sentence,
    }
}

#[derive(Serialize)]
struct Things<'a> {
    schema_version: &'static str,
    things: Vec<ThingJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct ThingJson<'a> {
    name: &'a str,
    agree: bool,
    figures: Vec<ReadingJson<'a>>,
}

#[derive(Serialize)]
struct ReadingJson<'a> {
    text: &'a str,
    source: Option<&'a str>,
    path: &'a str,
    line: usize,
    column: usize,
}

fn figures(things: &[Thing], _: Style, out: &mut dyn Write) -> io::Result<()> {
    write(&Things { schema_version: SCHEMA_VERSION, things: things.iter().map(thing).collect() }, out)
}

/// One thing.
pub(super) fn thing(thing: &Thing) -> ThingJson<'_> {
    let readings = thing.readings.iter().map(|r| ReadingJson {
        text: &r.figure,
        source: r.source.as_deref(),
        path: &r.path,
        line: r.line,
        column: r.column,
    });
    ThingJson { name: &thing.name, agree: thing.agree, figures: readings.collect() }
}

/// JSON with characters that could steer a terminal escaped, as JSON lets any character be, and the bracket of a [`COMMAND`].
struct Visible;

impl serde_json::ser::Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        let command = |at: usize| fragment[..=at].ends_with(COMMAND);
        for (at, c) in fragment.char_indices().filter(|&(at, c)| steers(c) || c == '[' && command(at)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

/// Writes a value on a line of its own.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Visible);
    value.serialize(&mut serializer).map_err(io::Error::from)?;
    writeln!(out)
}
