//! The variables in the URLs of servers.

use super::base_url;
use super::resolver::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Credential, ServerVariable};
use crate::syntax::{ServerDecl, ServerVariableDecl, Spanned};

type Entry<'s> = (&'s Spanned<String>, &'s ServerVariableDecl);

impl<'s> Resolver<'s> {
    /// Resolves the variables of all servers. Those without a default become credentials, because clients are created with
    /// them.
    pub(super) fn server_variables(&mut self, api: &mut Api) {
        let Some(servers) = &self.syntax.decl.servers else { return };
        let mut known: Vec<Entry<'s>> = Vec::new();
        let credentials = self.syntax.decl.credentials.iter();
        let mut environment: Vec<_> = credentials.map(|(_, credential)| &credential.env).collect();
        for (server, decl) in servers.iter() {
            self.check_url_variables(server, decl);
            for (name, variable) in decl.variables.iter() {
                if let Some(first) = known.iter().find(|(other, _)| other.value == name.value) {
                    self.check_same_variable(*first, (name, variable));
                    continue;
                }
                known.push((name, variable));
                if let Some(env) = &variable.env {
                    self.check_variable(env, &environment);
                    environment.push(env);
                }
                self.server_variable(api, decl, name, variable);
            }
        }
    }

    fn server_variable(
        &mut self,
        api: &mut Api,
        server: &'s ServerDecl,
        name: &'s Spanned<String>,
        decl: &'s ServerVariableDecl,
    ) {
        let doc = self.doc(decl.doc.as_ref(), name, "the server variable");
        let values: Vec<String> = decl.values.iter().flatten().map(|value| value.value.clone()).collect();
        let positions = self.positions(name);
        self.check_values_of_variable(server, name, decl);
        for (value, what, code) in [
            (&decl.default, "the default", Code::ValueOutOfRange),
            (&decl.example, "the example", Code::ExampleMismatch),
        ] {
            let Some(value) = value.as_ref() else { continue };
            let expected = match values.is_empty() {
                true => {
                    let refusing = positions.iter().find(|position| !position.allows(value));
                    refusing.map(|position| position.rule().to_owned())
                }
                false => (!values.contains(value)).then(|| "one of the values under `enum`".to_owned()),
            };
            if let Some(expected) = expected {
                let message = format!("{what} of the server variable `{}` is not allowed", name.value);
                self.report(
                    Diagnostic::error(code, value.span, message).label(format!("expected {expected}")),
                );
            }
        }
        let env = text(decl.env.as_ref());
        if let Some(default) = text(decl.default.as_ref()) {
            let name_span = name.span;
            let name = name.value.clone();
            api.variables.push(ServerVariable { name, doc, default, values, env, span: name_span });
            return;
        }
        let Some(env) = env else {
            let message = format!("the server variable `{}` has no default", name.value);
            return self.report_missing(
                name.span,
                Diagnostic::error(Code::MissingKey, name.span, message)
                    .label("missing `default` or `env`")
                    .help(
                        "add `default:`; or add `env:`, and clients are created with a value of the variable",
                    ),
            );
        };
        let generated = values.first().map_or_else(|| sample_of(&positions).to_owned(), String::clone);
        // Only the credentials before the settings have indices yet.
        let at = api.credentials.iter().position(|it| it.is_setting).unwrap_or(api.credentials.len());
        let variable = Credential {
            name: name.value.clone(),
            secret: false,
            optional: false,
            doc,
            env,
            example: text(decl.example.as_ref()).unwrap_or(generated),
            is_setting: false,
            variable: Some(values),
            span: name.span,
        };
        api.credentials.insert(at, variable);
    }

    /// Returns the positions of a variable in the URLs of all servers.
    fn positions(&self, name: &str) -> Vec<Position> {
        let servers = self.syntax.decl.servers.iter().flat_map(|servers| servers.iter());
        servers.flat_map(|(_, server)| Position::all(&server.url, name)).collect()
    }

    /// Checks the values of a variable without other ones, and that a value fits all positions of any other variable.
    fn check_values_of_variable(
        &mut self,
        server: &ServerDecl,
        name: &Spanned<String>,
        decl: &ServerVariableDecl,
    ) {
        let positions = self.positions(name);
        let Some(values) = &decl.values else {
            if !positions.iter().all(|position| position.allows(sample_of(&positions))) {
                let message = format!("no value fits all positions of the server variable `{}`", name.value);
                let problem = Diagnostic::error(Code::InvalidBaseUrl, name.span, message);
                self.report(
                    problem.label("used as different parts of URLs").help("use a variable for each part"),
                );
            }
            return;
        };
        if values.is_empty() && !self.syntax.is_unparsed(name.span) {
            let message = format!("the server variable `{}` has no value", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("`enum` is empty")
                    .help("list the allowed values, or remove `enum`"),
            );
        }
        for (at, value) in values.iter().enumerate() {
            if let Some(first) = values.iter().take(at).find(|first| first.value == value.value) {
                let message = format!("the value `{}` is given twice", value.value);
                self.report(
                    Diagnostic::error(Code::DuplicateKey, value.span, message)
                        .label("given again here")
                        .note(first.span, "first given here")
                        .help("keep one of them"),
                );
                continue;
            }
            let refusing = positions.iter().find(|position| !position.allows_listed(value));
            let label = refusing.map(|position| format!("expected {}", position.rule())).or_else(|| {
                let url = self.filled(server, Some((name, value)));
                base_url::check(&url).err().map(|problem| problem.label.to_owned())
            });
            // The first value is in the URL that is checked as a whole.
            if let Some(label) = label.filter(|_| at > 0 || refusing.is_some()) {
                let message = format!("a value of the server variable `{}` is not allowed", name.value);
                self.report(Diagnostic::error(Code::ValueOutOfRange, value.span, message).label(label));
            }
        }
    }

    /// Returns the URL of a server with samples in place of its variables, and one of them with this value.
    fn filled(&self, server: &ServerDecl, chosen: Option<(&str, &str)>) -> String {
        let mut filled = server.url.value.clone();
        for name in placeholders(&server.url) {
            let variable = server.variables.get(name).map(|(_, variable)| variable);
            let first = variable.and_then(|variable| variable.values.iter().flatten().next());
            let mut positions = self.positions(name);
            if !positions.iter().all(|position| position.allows(sample_of(&positions))) {
                // A variable without a common value has a diagnostic of its own.
                positions = Position::all(&server.url, name);
            }
            let value = match chosen {
                Some((chosen, value)) if chosen == name => value,
                _ => first.map_or_else(|| sample_of(&positions), |value| value.value.as_str()),
            };
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
        filled
    }

    /// Reports a placeholder without a variable, a variable without a placeholder, and a URL that is invalid with values.
    fn check_url_variables(&mut self, server: &Spanned<String>, decl: &ServerDecl) {
        let url = &decl.url;
        let is_declared = |name: &str| decl.variables.keys().any(|key| key.value == name);
        for (name, _) in
            decl.variables.iter().filter(|(name, _)| !url.contains(&format!("{{{}}}", name.value)))
        {
            let message =
                format!("the URL of the server `{}` does not contain `{}`", server.value, name.value);
            let problem = Diagnostic::error(Code::InvalidBaseUrl, name.span, message);
            let problem = problem.label("not used").note(url.span, "the URL");
            self.report(
                problem.help(format!("write `{{{}}}` in the URL, or remove the variable", name.value)),
            );
        }
        for name in placeholders(url) {
            let start = url.find(&format!("{{{name}}}")).unwrap_or_default();
            if name.is_empty() {
                let message = format!("`{}` is not a valid base URL", url.value);
                let problem = Diagnostic::error(Code::InvalidBaseUrl, url.part(start, 2), message);
                return self
                    .report(problem.label("a variable without a name").help("write its name in the braces"));
            }
            if !is_declared(name) {
                // The variable can be under a misspelt key.
                if self.syntax.is_unparsed(server.span) {
                    return;
                }
                let message = format!("undefined server variable `{name}`");
                let problem =
                    Diagnostic::error(Code::InvalidBaseUrl, url.part(start, name.len() + 2), message);
                return self.report(problem.label("not defined").help(format!(
                    "write the URL of one server, or define the variable: \
                     `variables: {{ {name}: {{ doc: …, default: … }} }}`"
                )));
            }
        }
        let filled = self.filled(decl, None);
        if !url.contains('{') {
            return;
        }
        if let Some(at) = filled.find(['{', '}']).and_then(|_| url.rfind('{')) {
            let message = format!("`{}` is not a valid base URL", url.value);
            let problem = Diagnostic::error(Code::InvalidBaseUrl, url.part(at, 1), message);
            let help = "write a variable as `{tenant}`, with both braces";
            return self.report(problem.label("a brace without the other one").help(help));
        }
        if let Err(base_url::Problem { label, .. }) = base_url::check(&filled) {
            let message = format!("`{}` is not a valid base URL", url.value);
            let help = "write a URL such as `https://{tenant}.acme.test/{version}`";
            self.report(Diagnostic::error(Code::InvalidBaseUrl, url.span, message).label(label).help(help));
        }
    }

    /// Reports a variable that differs from one of the same name.
    fn check_same_variable(&mut self, (first, known): Entry<'s>, (name, decl): Entry<'s>) {
        let parts = |decl: &ServerVariableDecl| {
            let values: Vec<_> = decl.values.iter().flatten().map(|value| value.value.clone()).collect();
            (text(decl.default.as_ref()), text(decl.env.as_ref()), values)
        };
        if parts(known) != parts(decl) {
            let message = format!("two server variables are called `{}`", name.value);
            self.report(
                Diagnostic::error(Code::DuplicateKey, name.span, message)
                    .label("differs from the first")
                    .note(first.span, "the first")
                    .help("rename one of them, or give both the same `default`, `enum` and `env`"),
            );
        }
    }
}

/// Returns the names of the placeholders in a URL.
fn placeholders(url: &str) -> Vec<&str> {
    let parts = url.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// Returns a value for a variable in these positions, if there is one for all of them.
fn sample_of(positions: &[Position]) -> &'static str {
    let mut samples = positions.iter().map(|position| position.sample());
    let first = samples.clone().next().unwrap_or("v1");
    samples.find(|sample| positions.iter().all(|position| position.allows(sample))).unwrap_or(first)
}

/// The part of a URL that a variable replaces. The rules are those of the runtime, which applies them to other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Whole,
    Scheme,
    Host,
    Label,
    Port,
    Segment,
}

impl Position {
    /// Returns the positions of a variable in a URL.
    fn all(url: &str, name: &str) -> Vec<Self> {
        let placeholder = format!("{{{name}}}");
        let found = url.match_indices(&placeholder);
        let around = found.map(|(at, _)| (url.get(..at), url.get(at + placeholder.len()..)));
        around.filter_map(|(before, after)| Some(Self::at(before?, after?))).collect()
    }

    /// Returns the position between two parts of a URL.
    fn at(before: &str, after: &str) -> Self {
        if before.is_empty() {
            return if after.starts_with("://") { Self::Scheme } else { Self::Whole };
        }
        match before.split_once("://") {
            Some((_, authority)) if !authority.contains('/') => match authority {
                "" if after.is_empty() || after.starts_with(['/', ':']) => Self::Host,
                authority if authority.ends_with(':') => Self::Port,
                _ => Self::Label,
            },
            _ => Self::Segment,
        }
    }

    fn allows(self, value: &str) -> bool {
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_name_byte);
        match self {
            Self::Whole => base_url::check(value.trim_end_matches('/')).is_ok(),
            Self::Scheme => value == "https",
            Self::Host => value.split('.').all(is_label),
            Self::Label => is_label(value),
            Self::Port => value.parse::<u16>().is_ok_and(|port| port > 0 && !value.starts_with('+')),
            Self::Segment => {
                let is_byte = |byte: u8| is_name_byte(byte) || matches!(byte, b'.' | b'~');
                !matches!(value, "" | "." | "..") && value.bytes().all(is_byte)
            }
        }
    }

    /// Whether the description can list the value, which then replaces no other part of the URL.
    fn allows_listed(self, value: &str) -> bool {
        match self {
            Self::Host | Self::Label | Self::Port => !value.contains(['/', '\\', '@', '?', '#', '%']),
            Self::Segment => !value.contains(['?', '#', '%']),
            Self::Whole | Self::Scheme => self.allows(value),
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Whole => "a base URL, such as `https://acme.test`",
            Self::Scheme => "`https`, since `http` sends credentials without encryption",
            Self::Host => "a host name, such as `acme.test`",
            Self::Label => "one label of a host name: letters, digits, `-` and `_`",
            Self::Port => "a port number",
            Self::Segment => "one path segment: letters, digits, `-`, `_`, `.` and `~`",
        }
    }

    fn sample(self) -> &'static str {
        match self {
            Self::Whole => "https://api.example.com",
            Self::Scheme => "https",
            Self::Host => "api.example.com",
            Self::Label => "acme",
            Self::Port => "443",
            Self::Segment => "v1",
        }
    }
}
