//! Writes a spec of any size: resources of twenty operations that look like those of real APIs.

use std::fmt::Write as _;

use typefoundry_codegen::source::Source;

/// How many operations a resource has.
const OPERATIONS: usize = CALLS.len();
/// How many resources stand in one family: a parent and its children.
const FAMILY: usize = 5;

/// A field, from which params and responses are put together.
struct Field {
    name: &'static str,
    ty: &'static str,
    doc: &'static str,
    example: &'static str,
}

const fn field(name: &'static str, ty: &'static str, doc: &'static str, example: &'static str) -> Field {
    Field { name, ty, doc, example }
}

const FIELDS: &[Field] = &[
    field(
        "title",
        "string",
        "What people call it.\n\nIt is shown in lists and need not be unique.",
        "Autumn order",
    ),
    field("contact_address", "string", "Where messages about it go.", "ada@example.com"),
    field("state", "State", "Where it is in its life.", "open"),
    field(
        "is_urgent",
        "bool",
        "Whether it goes before all others.\n\nAt most ten a day can be urgent.",
        "true",
    ),
    field("quantity", "uint32", "How many pieces it is made of.", "12"),
    field("weight", "float64", "What it weighs, in kilograms, with its packaging.", "1.5"),
    field("labels", "list<string>", "Words to find it by. Each can be given once.", "[red, round]"),
    field(
        "notes",
        "object",
        "Your own data about it.\n\nIt can have 20 top-level keys and 4 KB.",
        "{ shelf: 12 }",
    ),
    field("due_at", "timestamp", "When it has to be ready.", "2026-03-01T12:00:00Z"),
    field("owner_id", "ORIGIN.ThingId", "Whose it is. The owner can hand it on.", "thing-0-111"),
    field("access_code", "secret", "Opens the box that it lies in. It is shown once.", "code-111"),
    field(
        "parts",
        "list<Part>",
        "What it is made of, in the order of assembly.",
        "[{ part_name: lid, amount: 2 }]",
    ),
    field("prices", "map<int64>", "What it costs in each currency, in its smallest unit.", "{ eur: 1250 }"),
    field(
        "external_id",
        "string",
        "Your own id of it.\n\nLetters, digits, `.`, `_` and `-` are allowed.",
        "mine-12",
    ),
];

/// An operation: its name and line, how many params it needs and takes, and whether it answers with the thing.
struct Call {
    name: &'static str,
    http: &'static str,
    required: usize,
    optional: usize,
    answers: Answer,
}

enum Answer {
    Id,
    Thing,
    Page,
}

const fn call(
    name: &'static str,
    http: &'static str,
    required: usize,
    optional: usize,
    answers: Answer,
) -> Call {
    Call { name, http, required, optional, answers }
}

const CALLS: &[Call] = &[
    call("create", "POST /v1/BASE", 2, 10, Answer::Thing),
    call("get", "GET /v1/BASE/{thing_id}", 0, 0, Answer::Thing),
    call("update", "PUT /v1/BASE/{thing_id}", 0, 14, Answer::Thing),
    call("delete", "DELETE /v1/BASE/{thing_id}", 0, 0, Answer::Id),
    call("search", "POST /v1/BASE/search", 0, 4, Answer::Page),
    call("open", "POST /v1/BASE/{thing_id}/changes", 0, 2, Answer::Thing),
    call("close", "POST /v1/BASE/{thing_id}/changes", 1, 0, Answer::Thing),
    call("hold", "POST /v1/BASE/{thing_id}/changes", 1, 3, Answer::Thing),
    call("ship", "POST /v1/BASE/{thing_id}/changes", 2, 4, Answer::Thing),
    call("refund", "POST /v1/BASE/{thing_id}/refund", 0, 6, Answer::Id),
    call("hand_over", "POST /v1/BASE/{thing_id}/owner", 3, 0, Answer::Thing),
    call("rename", "PUT /v1/BASE/{thing_id}/title", 1, 0, Answer::Thing),
    call("remind", "POST /v1/BASE/{thing_id}/reminders", 2, 5, Answer::Id),
    call("list_reminders", "GET /v1/BASE/{thing_id}/reminders", 0, 0, Answer::Page),
    call("copy", "POST /v1/BASE/{thing_id}/copies", 0, 3, Answer::Thing),
    call("archive", "DELETE /v1/BASE/{thing_id}/shelf", 0, 0, Answer::Id),
    call("restore", "PUT /v1/BASE/{thing_id}/shelf", 0, 1, Answer::Thing),
    call("weigh", "PUT /v1/BASE/{thing_id}/weight", 1, 0, Answer::Thing),
    call("delete_external_id", "DELETE /v1/BASE/{thing_id}/external_id", 0, 0, Answer::Id),
    call("history", "GET /v1/BASE/{thing_id}/history", 0, 0, Answer::Page),
];

/// A spec of about so many operations, in whole resources.
pub fn sources(operations: usize) -> Vec<Source> {
    let resources = operations.div_ceil(OPERATIONS);
    let api = Source::new("acme/api.yaml", include_str!("api.yaml"));
    std::iter::once(api).chain((0..resources).map(resource)).collect()
}

/// The first resource of each family is the parent of the others.
fn resource(number: usize) -> Source {
    let parent = number - number % FAMILY;
    let below = if number == parent { String::new() } else { format!("/things_{number}") };
    let path = format!("things_{parent}{below}");
    let mut text = String::from(
        "doc: |\n  A Thing that somebody ordered.\n\n  Things are made, kept and sent. What is sent does not come back.\n",
    );
    types(&mut text, number);
    text.push_str("\noperations:\n");
    for call in CALLS {
        operation(&mut text, call, number);
    }
    let text = text.replace("BASE", &path).replace("ORIGIN", &format!("things_{parent}"));
    Source::new(format!("acme/{path}.yaml"), text)
}

fn types(text: &mut String, number: usize) {
    let _ = write!(
        text,
        "
types:
  ThingId: {{ id: thing_{number}, doc: Identifies one Thing., example: thing-{number}-111 }}
  State:
    doc: Where a Thing is in its life.
    enum:
      open: {{ doc: Can still be changed. }}
      held: {{ doc: Waits until somebody says more about it. }}
      sent: {{ doc: On its way. It can no longer be changed. }}
      closed_{number}: {{ doc: Done with. }}
  Part:
    doc: |
      A piece of a Thing.

      Pieces are counted and not told apart.
    fields:
      part_name: {{ type: string, doc: Which piece it is., example: lid }}
      amount: {{ type: uint32, doc: How many there are., example: 2 }}
      color_{number}: {{ type: string?, doc: What it looks like., example: red }}
  Parcel:
    doc: How a Thing that was sent is followed.
    fields:
      object: {{ const: parcel }}
      carrier_{number}: {{ type: string, doc: Who brings it., example: Acme Post }}
      arrives_at: {{ type: timestamp | null, doc: When it is expected. }}
  Delivery:
    doc: How a Thing reaches its owner.
    tag: type
    one_of:
      parcel: {{ type: Parcel, doc: A carrier brings it. }}
      box_{number}: {{ key: box_code, type: secret, doc: It lies in a box. }}
      pickup: {{ doc: The owner comes for it. }}
  Target:
    doc: Who a Thing is meant for.
    one_of:
      owner: {{ key: target_id, type: ThingId, doc: An owner who is known. }}
      address_{number}: {{ type: Address, doc: Anybody else. }}
  Address:
    doc: Where somebody lives.
    fields:
      street: {{ type: string, doc: The street., example: Main Street }}
      town_{number}: {{ type: string, doc: The town., example: Bern }}
  Refusal:
    doc: Why a Thing was left as it is.
    tag: [code, error]
    one_of:
      thing_sent: {{ key: delivery, type: Delivery, doc: It is on its way. }}
      thing_held_{number}: {{ doc: It waits. }}
  Thing:
    doc: |
      Something that was ordered.

      It belongs to one owner at a time.
    fields:
      object: {{ const: thing }}
      delivery: Delivery | null
      closed_at: {{ type: timestamp | null, doc: When it was done with. }}
      tags: {{ type: map<string | null>, doc: Words by name. }}
      thing_id: ThingId
      serial_{number}: {{ type: int64, doc: The number on its back., example: {number} }}
"
    );
    let mark = |at: usize| if at % 3 == 1 { "?" } else { "" };
    FIELDS.iter().enumerate().for_each(|(at, shape)| write_field(text, shape, mark(at)));
}

fn operation(text: &mut String, call: &Call, number: usize) {
    let Call { name, http, required, optional, .. } = call;
    let _ = write!(
        text,
        "
  {name}:
    doc: |
      Asks the server to {} a Thing.

      It works for Things that are open. One that was sent is left as it is, and the call fails with
      `thing_sent`. Who may do it is decided by the roles of the caller, or by the key of the shop
      when nobody is signed in.

      - A Thing that is held is first asked about. The call then waits for the answer of its owner.
      - A Thing that is `open` is changed at once, and everybody who watches it is told.

      The same call can be made again without harm. See [Thing] for what is kept of it.
    see: https://acme.example/docs/BASE/{name}
    http: {http}
    permission: {{ resource: acme.thing, action: {name} }}
    options: [authorization]
",
        name.replace('_', " "),
    );
    if http.ends_with("/changes") {
        text.push_str("    errors: [Refusal]\n");
    }
    text.push_str("    params:\n");
    if http.contains("{thing_id}") {
        text.push_str("      thing_id: { type: ThingId, doc: Which Thing it is about. }\n");
    }
    let first = (number + name.len()) % FIELDS.len();
    let fields = FIELDS.iter().cycle().skip(first).take(required + optional);
    // What an update takes can mostly be cleared.
    let mark = |at: usize| match *name {
        _ if at < *required => "",
        "update" if at % 3 < 2 => "? | null",
        _ => "?",
    };
    fields.enumerate().for_each(|(at, shape)| write_field(text, shape, mark(at)));
    text.push_str(&more_params(call));
    write_answer(text, &call.answers);
    if http.contains("{thing_id}") {
        text.push_str("    example:\n      params: { thing_id: thing-of-example }\n");
    }
}

/// Constants, params that belong together, and lists in a query.
fn more_params(call: &Call) -> String {
    match call.name {
        "create" => {
            "      target: { type: Target, flatten: true }\n      source: { const: api }\n".to_owned()
        }
        "hand_over" => "      target: { type: Target?, flatten: true }\n".to_owned(),
        "history" => {
            "      words: { type: list<string>?, style: comma, doc: Words to look for. }\n".to_owned()
        }
        name if call.http.ends_with("/changes") => format!("      change: {{ const: {name} }}\n"),
        _ => String::new(),
    }
}

fn write_field(text: &mut String, field: &Field, mark: &str) {
    let Field { name, ty, doc, example } = field;
    let doc = doc.replace('\n', "\n          ");
    let _ = write!(
        text,
        "      {name}:\n        type: {ty}{mark}\n        doc: |\n          {doc}\n        example: {example}\n"
    );
}

fn write_answer(text: &mut String, answer: &Answer) {
    let page_params = "      cursor: { type: string?, doc: Where to go on. Absent for the first page. }\n      \
        limit: { type: uint32?, doc: How many to return at most., default: 100, max: 1000 }\n";
    let answer = match answer {
        Answer::Id => "    response:\n      thing_id: ThingId\n",
        Answer::Thing => {
            "    response:\n      thing_id: ThingId\n      thing: Thing\n      origin: { type: ORIGIN.Thing?, doc: The Thing that it came from. }\n"
        }
        Answer::Page => {
            text.push_str(page_params);
            "    response:\n      things: { type: list<Thing>, doc: The Things of this page. }\n      \
                next_cursor: { type: string?, doc: Where the next page begins. }\n    \
                paginate: { style: pages, items: things }\n"
        }
    };
    text.push_str(answer);
}
