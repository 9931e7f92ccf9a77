//! Writes a spec of any size: resources of twenty operations that resemble those of real APIs.

use std::fmt::Write as _;

use typefoundry_codegen::source::Source;

/// The number of operations of a resource.
const OPERATIONS: usize = CALLS.len();
/// The number of resources in a family: a parent and its children.
const FAMILY: usize = 5;

/// A field, which params and responses are built from.
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
        "The display name.\n\nIt is shown in lists and need not be unique.",
        "Autumn order",
    ),
    field("contact_address", "string", "The address for messages about it.", "ada@example.com"),
    field("state", "State", "The current state.", "open"),
    field(
        "is_urgent",
        "bool",
        "Whether it has priority over all others.\n\nAt most ten a day can be urgent.",
        "true",
    ),
    field("quantity", "uint32", "The number of pieces.", "12"),
    field("weight", "float64", "The weight in kilograms, including packaging.", "1.5"),
    field("labels", "list<string>", "Labels for searches. Each can be given once.", "[red, round]"),
    field(
        "notes",
        "object",
        "Your own data about it.\n\nIt can have 20 top-level keys and 4 KB.",
        "{ shelf: 12 }",
    ),
    field("due_at", "timestamp", "The time at which it must be ready.", "2026-03-01T12:00:00Z"),
    field("owner_id", "ORIGIN.ThingId", "The ID of the owner.", "thing-0-111"),
    field("access_code", "secret", "The code that opens its box. It is shown once.", "code-111"),
    field("parts", "list<Part>", "The parts, in the order of assembly.", "[{ part_name: lid, amount: 2 }]"),
    field("prices", "map<int64>", "The price in each currency, in its smallest unit.", "{ eur: 1250 }"),
    field(
        "external_id",
        "string",
        "Your own ID.\n\nLetters, digits, `.`, `_` and `-` are allowed.",
        "mine-12",
    ),
];

/// An operation: its name and request line, the number of required and optional params, and its response.
struct Call {
    name: &'static str,
    http: &'static str,
    required: usize,
    optional: usize,
    response: Response,
}

enum Response {
    Id,
    Thing,
    Page,
}

const fn call(
    name: &'static str,
    http: &'static str,
    required: usize,
    optional: usize,
    response: Response,
) -> Call {
    Call { name, http, required, optional, response }
}

const CALLS: &[Call] = &[
    call("create", "POST /v1/BASE", 2, 10, Response::Thing),
    call("get", "GET /v1/BASE/{thing_id}", 0, 0, Response::Thing),
    call("update", "PUT /v1/BASE/{thing_id}", 0, 14, Response::Thing),
    call("delete", "DELETE /v1/BASE/{thing_id}", 0, 0, Response::Id),
    call("search", "POST /v1/BASE/search", 0, 4, Response::Page),
    call("open", "POST /v1/BASE/{thing_id}/changes", 0, 2, Response::Thing),
    call("close", "POST /v1/BASE/{thing_id}/changes", 1, 0, Response::Thing),
    call("hold", "POST /v1/BASE/{thing_id}/changes", 1, 3, Response::Thing),
    call("ship", "POST /v1/BASE/{thing_id}/changes", 2, 4, Response::Thing),
    call("refund", "POST /v1/BASE/{thing_id}/refund", 0, 6, Response::Id),
    call("hand_over", "POST /v1/BASE/{thing_id}/owner", 3, 0, Response::Thing),
    call("rename", "PUT /v1/BASE/{thing_id}/title", 1, 0, Response::Thing),
    call("remind", "POST /v1/BASE/{thing_id}/reminders", 2, 5, Response::Id),
    call("list_reminders", "GET /v1/BASE/{thing_id}/reminders", 0, 0, Response::Page),
    call("copy", "POST /v1/BASE/{thing_id}/copies", 0, 3, Response::Thing),
    call("archive", "DELETE /v1/BASE/{thing_id}/shelf", 0, 0, Response::Id),
    call("restore", "PUT /v1/BASE/{thing_id}/shelf", 0, 1, Response::Thing),
    call("weigh", "PUT /v1/BASE/{thing_id}/weight", 1, 0, Response::Thing),
    call("delete_external_id", "DELETE /v1/BASE/{thing_id}/external_id", 0, 0, Response::Id),
    call("history", "GET /v1/BASE/{thing_id}/history", 0, 0, Response::Page),
];

/// Writes a spec of about this many operations, in whole resources.
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
        "doc: |\n  An ordered thing.\n\n  Things are made, stored and shipped. Shipped things cannot be returned.\n",
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

      - The call first asks the owner about a held thing, and waits for the response.
      - A Thing that is `open` is changed at once, and everybody who watches it is told.

      The same call can be made again without harm. See [Thing] for what is kept of it.
    docs_url: https://acme.example/docs/BASE/{name}
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
        text.push_str("      thing_id: { type: ThingId, doc: The ID of the thing. }\n");
    }
    let first = (number + name.len()) % FIELDS.len();
    let fields = FIELDS.iter().cycle().skip(first).take(required + optional);
    // Most params of an update can be cleared.
    let mark = |at: usize| match *name {
        _ if at < *required => "",
        "update" if at % 3 < 2 => "? | null",
        _ => "?",
    };
    fields.enumerate().for_each(|(at, shape)| write_field(text, shape, mark(at)));
    text.push_str(&more_params(call));
    write_response(text, &call.response);
    if http.contains("{thing_id}") {
        text.push_str("    example:\n      params: { thing_id: thing-of-example }\n");
    }
}

/// Constants, grouped params, and lists in a query.
fn more_params(call: &Call) -> String {
    match call.name {
        "create" => {
            "      target: { type: Target, flatten: true }\n      source: { const: api }\n".to_owned()
        }
        "hand_over" => "      target: { type: Target?, flatten: true }\n".to_owned(),
        "history" => "      words: { type: list<string>?, style: comma, doc: Search terms. }\n".to_owned(),
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

fn write_response(text: &mut String, response: &Response) {
    let page_params = "      cursor: { type: string?, doc: Where to go on. Absent for the first page. }\n      \
        limit: { type: uint32?, doc: How many to return at most., default: 100, max: 1000 }\n";
    let response = match response {
        Response::Id => "    response:\n      thing_id: ThingId\n",
        Response::Thing => {
            "    response:\n      thing_id: ThingId\n      thing: Thing\n      origin: { type: ORIGIN.Thing?, doc: The thing that it was made from. }\n"
        }
        Response::Page => {
            text.push_str(page_params);
            "    response:\n      things: { type: list<Thing>, doc: The Things of this page. }\n      \
                next_cursor: { type: string?, doc: Where the next page begins. }\n    \
                paginate: { style: pages, items: things }\n"
        }
    };
    text.push_str(response);
}
