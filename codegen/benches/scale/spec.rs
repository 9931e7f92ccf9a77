//! Writes a spec of any size: resources of twenty operations that resemble those of real APIs.

use std::fmt::Write as _;

use typefoundry_codegen::source::Source;

/// The number of operations of a resource.
const OPERATIONS: usize = CALLS.len();
/// The number of resources in a family: a parent and its children.
const FAMILY: usize = 5;

/// A field, which parameters and responses are built from.
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
    field("owner_id", "ORIGIN.ItemId", "The ID of the owner.", "item-0-111"),
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

/// An operation: its name and request line, the number of required and optional parameters, and its response.
struct Call {
    name: &'static str,
    http: &'static str,
    required: usize,
    optional: usize,
    response: Response,
}

enum Response {
    Id,
    Item,
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
    call("create", "POST /v1/BASE", 2, 10, Response::Item),
    call("get", "GET /v1/BASE/{item_id}", 0, 0, Response::Item),
    call("update", "PUT /v1/BASE/{item_id}", 0, 14, Response::Item),
    call("delete", "DELETE /v1/BASE/{item_id}", 0, 0, Response::Id),
    call("search", "POST /v1/BASE/search", 0, 4, Response::Page),
    call("open", "POST /v1/BASE/{item_id}/changes", 0, 2, Response::Item),
    call("close", "POST /v1/BASE/{item_id}/changes", 1, 0, Response::Item),
    call("hold", "POST /v1/BASE/{item_id}/changes", 1, 3, Response::Item),
    call("ship", "POST /v1/BASE/{item_id}/changes", 2, 4, Response::Item),
    call("refund", "POST /v1/BASE/{item_id}/refund", 0, 6, Response::Id),
    call("hand_over", "POST /v1/BASE/{item_id}/owner", 3, 0, Response::Item),
    call("rename", "PUT /v1/BASE/{item_id}/title", 1, 0, Response::Item),
    call("remind", "POST /v1/BASE/{item_id}/reminders", 2, 5, Response::Id),
    call("list_reminders", "GET /v1/BASE/{item_id}/reminders", 0, 0, Response::Page),
    call("copy", "POST /v1/BASE/{item_id}/copies", 0, 3, Response::Item),
    call("archive", "DELETE /v1/BASE/{item_id}/shelf", 0, 0, Response::Id),
    call("restore", "PUT /v1/BASE/{item_id}/shelf", 0, 1, Response::Item),
    call("weigh", "PUT /v1/BASE/{item_id}/weight", 1, 0, Response::Item),
    call("delete_external_id", "DELETE /v1/BASE/{item_id}/external_id", 0, 0, Response::Id),
    call("history", "GET /v1/BASE/{item_id}/history", 0, 0, Response::Page),
];

/// Writes a spec of about this many operations, in whole resources.
pub fn sources(operations: usize) -> Vec<Source> {
    let resources = operations.div_ceil(OPERATIONS);
    let api = Source::new("acme/api.yaml", include_str!("api.yaml"));
    std::iter::once(api).chain((0..resources).map(resource)).collect()
}

/// Returns a resource. The first one of each family is the parent of the others.
fn resource(number: usize) -> Source {
    let parent = number - number % FAMILY;
    let below = if number == parent { String::new() } else { format!("/items_{number}") };
    let path = format!("items_{parent}{below}");
    let mut text = String::from(
        "doc: |\n  An ordered item.\n\n  Items are made, stored and shipped. Shipped items cannot be returned.\n",
    );
    types(&mut text, number);
    text.push_str("\noperations:\n");
    for call in CALLS {
        operation(&mut text, call, number);
    }
    let text = text.replace("BASE", &path).replace("ORIGIN", &format!("items_{parent}"));
    Source::new(format!("acme/{path}.yaml"), text)
}

fn types(text: &mut String, number: usize) {
    let _ = write!(
        text,
        "
types:
  ItemId: {{ id: item_{number}, doc: The ID of an item., example: item-{number}-111 }}
  State:
    doc: The state of an item.
    enum:
      open: {{ doc: Can still be changed. }}
      held: {{ doc: Waits for more information. }}
      sent: {{ doc: Shipped. It can no longer be changed. }}
      closed_{number}: {{ doc: Completed. }}
  Part:
    doc: |
      A part of an item.

      Parts of a kind are counted, not tracked.
    fields:
      part_name: {{ type: string, doc: The name of the part., example: lid }}
      amount: {{ type: uint32, doc: The number of parts., example: 2 }}
      color_{number}: {{ type: string?, doc: The color., example: red }}
  Parcel:
    doc: The tracking data of a shipped item.
    fields:
      object: {{ const: parcel }}
      carrier_{number}: {{ type: string, doc: The carrier., example: Acme Post }}
      arrives_at: {{ type: timestamp | null, doc: The expected time of arrival. }}
  Delivery:
    doc: The delivery method.
    tag: type
    one_of:
      parcel: {{ type: Parcel, doc: Delivery by a carrier. }}
      box_{number}: {{ key: box_code, type: secret, doc: Storage in a box. }}
      pickup: {{ doc: Pickup by the owner. }}
  Target:
    doc: The recipient of an item.
    one_of:
      owner: {{ key: target_id, type: ItemId, doc: A known owner. }}
      address_{number}: {{ type: Address, doc: Any other address. }}
  Address:
    doc: A postal address.
    fields:
      street: {{ type: string, doc: The street., example: Main Street }}
      town_{number}: {{ type: string, doc: The town., example: Bern }}
  Refusal:
    doc: The reason for which an item was not changed.
    tag: [code, error]
    one_of:
      item_sent: {{ key: delivery, type: Delivery, doc: Already shipped. }}
      item_held_{number}: {{ doc: On hold. }}
  Item:
    doc: |
      An ordered item.

      It belongs to one owner at a time.
    fields:
      object: {{ const: item }}
      delivery: Delivery | null
      closed_at: {{ type: timestamp | null, doc: The time of completion. }}
      tags: {{ type: map<string | null>, doc: Labels by name. }}
      item_id: ItemId
      serial_{number}: {{ type: int64, doc: The serial number., example: {number} }}
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
      Asks the server to {} an item.

      Works only for open items. The call leaves a shipped item unchanged and fails with
      `item_sent`. The permission depends on the roles of the caller, or on the API key if
      no user is signed in.

      - The call first asks the owner about a held item, and waits for the response.
      - An `open` item is changed at once, and all of its watchers are notified.

      Repeating the call has no further effect. See [Item] for the stored fields.
    docs_url: https://acme.example/docs/BASE/{name}
    http: {http}
    permission: {{ resource: acme.item, action: {name} }}
    options: [authorization]
",
        name.replace('_', " "),
    );
    if http.ends_with("/changes") {
        text.push_str("    errors: [Refusal]\n");
    }
    text.push_str("    params:\n");
    if http.contains("{item_id}") {
        text.push_str("      item_id: { type: ItemId, doc: The ID of the item. }\n");
    }
    let first = (number + name.len()) % FIELDS.len();
    let fields = FIELDS.iter().cycle().skip(first).take(required + optional);
    // Most parameters of an update can be cleared.
    let mark = |at: usize| match *name {
        _ if at < *required => "",
        "update" if at % 3 < 2 => "? | null",
        _ => "?",
    };
    fields.enumerate().for_each(|(at, shape)| write_field(text, shape, mark(at)));
    text.push_str(&more_params(call));
    write_response(text, &call.response);
    if http.contains("{item_id}") {
        text.push_str("    example:\n      params: { item_id: item-of-example }\n");
    }
}

/// Returns constants, flattened parameters, and lists in a query.
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
    let page_params = "      cursor: { type: string?, doc: The start of the page. Absent for the first page. }\n      \
        limit: { type: uint32?, doc: The maximum number of items to return., default: 100, max: 1000 }\n";
    let response = match response {
        Response::Id => "    response:\n      item_id: ItemId\n",
        Response::Item => {
            "    response:\n      item_id: ItemId\n      item: Item\n      origin: { type: ORIGIN.Item?, doc: The item that it was made from. }\n"
        }
        Response::Page => {
            text.push_str(page_params);
            "    response:\n      items: { type: list<Item>, doc: The items of this page. }\n      \
                next_cursor: { type: string?, doc: The start of the next page. }\n    \
                paginate: { style: pages, items: items }\n"
        }
    };
    text.push_str(response);
}
