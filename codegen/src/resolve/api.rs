//! Resolution of `api.yaml` (credentials, servers, authentication and options), and assembly of the API.

use super::headers::HeaderSource;
use super::resolver::{Resolver, text};
use super::{base_url, usage};
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::{
    Api, Auth, Condition, Credential, Field, Operation, OperationId, OptionGroup, OptionHeader, Package,
    Resource, ResourceId, Server, Type,
};
use crate::source::Span;
use crate::syntax::{
    AuthDecl, CredentialKind, Entries, HeaderDecl, OptionGroupDecl, ParamDecl, ServerDecl, Spanned,
};

impl<'s> Resolver<'s> {
    /// Resolves the whole API, as far as it is valid.
    pub(super) fn api(&mut self) -> Api {
        let syntax = self.syntax;
        self.check_texts();
        let mut api = Api {
            name: syntax.name.clone(),
            file: syntax.file.clone(),
            doc: self.api_doc(),
            docs_url: text(syntax.decl.docs_url.as_ref()),
            package: self.package(),
            credentials: self.credentials(),
            servers: Vec::new(),
            auth: Auth::None,
            options: Vec::new(),
            errors: self.errors(),
            retry: self.retry(),
            resources: self.resources(),
            types: Vec::new(),
            operations: Vec::new(),
        };
        api.servers = self.servers(&api.credentials);
        api.auth = self.auth(&api.credentials);
        self.check_credentials_are_used(&api);
        self.check_credential_values(&api);
        self.check_styles();
        api.options = self.option_groups();
        api.types = self.types();
        self.check_unions(&mut api);
        self.check_endless(&api);
        let envelope = self.envelope();
        self.operations(&mut api, &envelope);
        self.check_error_bodies(&api);
        api.package.first_call = self.first_call(&api);
        api.package.sign_in = self.sign_in(&api);
        self.check_values(&api);
        usage::mark(&mut api);
        // Unused types are unknown while some uses could not be read.
        if !self.is_partial {
            self.problems.extend(usage::unused(&api));
        }
        self.problems.extend(usage::same_bodies(&api));
        if self.is_sound() {
            self.fill_examples(&mut api);
            self.check_examples_can_be_sent(&api);
        }
        api
    }

    /// Returns the doc of the API. A missing doc is not reported if `api.yaml` could not be read.
    fn api_doc(&mut self) -> String {
        let syntax = self.syntax;
        if !syntax.has_api {
            return text(syntax.decl.doc.as_ref()).unwrap_or_default();
        }
        for (key, is_given) in
            [("package", syntax.decl.package.is_some()), ("servers", syntax.decl.servers.is_some())]
        {
            if !is_given {
                let problem = Diagnostic::error(
                    Code::MissingKey,
                    syntax.span,
                    format!("the key `{key}` is missing in `{}`", syntax.file),
                );
                self.report(problem.label(format!("`{key}` must be given in this file")));
            }
        }
        self.doc(syntax.decl.doc.as_ref(), &Spanned::new(syntax.span, syntax.name.clone()), "the API")
    }

    fn package(&mut self) -> Package {
        let Some(Spanned { span, value: decl }) = &self.syntax.decl.package else {
            return Package { span: self.syntax.span, ..Package::default() };
        };
        let words = |list: &[Spanned<String>]| list.iter().map(|word| word.value.clone()).collect();
        let is_name = |name: &str| {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
        };
        if !is_name(&decl.name) || !decl.name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    decl.name.span,
                    format!("`{}` cannot be the name of a package", decl.name.value),
                )
                .label("lower-case letters, digits, `-` and `_`, beginning with a letter"),
            );
        }
        self.check_manifest(decl);
        Package {
            name: decl.name.value.clone(),
            span: decl.name.span,
            version: decl.version.value.clone(),
            doc: match self.syntax.is_unparsed(*span) {
                true => text(decl.doc.as_ref()).unwrap_or_default(),
                false => self.doc(decl.doc.as_ref(), &decl.name, "the package"),
            },
            keywords: words(&decl.keywords),
            categories: words(&decl.categories),
            repository: text(decl.repository.as_ref()),
            first_call: None,
            sign_in: Vec::new(),
        }
    }

    fn first_call(&mut self, api: &Api) -> Option<OperationId> {
        let name = self.syntax.decl.package.as_ref()?.first_call.as_ref()?;
        self.operation_named(api, name, "first_call")
    }

    fn sign_in(&mut self, api: &Api) -> Vec<OperationId> {
        let names = self.syntax.decl.package.as_ref().map(|package| package.sign_in.as_slice());
        let names = names.unwrap_or_default();
        self.check_given_once("sign_in", names);
        names.iter().filter_map(|name| self.operation_named(api, name, "sign_in")).collect()
    }

    /// Returns the operation of the dotted name under `key`.
    fn operation_named(&mut self, api: &Api, name: &Spanned<String>, key: &str) -> Option<OperationId> {
        let dotted =
            |operation: &Operation| format!("{}.{}", self.path_of(operation.resource), operation.name);
        let found = api.operations.iter().position(|known| dotted(known) == name.value).map(OperationId);
        if found.is_none() {
            self.check_operation_is_known(name, key);
        }
        found
    }

    /// Reports an unknown operation. An operation that could not be read is still known.
    fn check_operation_is_known(&mut self, name: &Spanned<String>, key: &str) {
        let resources = self.syntax.resources.iter();
        let names = resources.clone().flat_map(|resource| {
            let operations = resource.decl.operations.keys();
            operations.map(|operation| format!("{}.{}", resource.path.join("."), operation.value))
        });
        let names: Vec<String> = names.collect();
        let named = name.rsplit_once('.').map(|(resource, _)| resource);
        let mut unparsed = resources.filter(|resource| self.syntax.is_unparsed(resource.span));
        if names.contains(&name.value)
            || unparsed.any(|unparsed| Some(unparsed.path.join(".").as_str()) == named)
        {
            return;
        }
        let message = format!("there is no operation `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownOperation, name.span, message);
        // The bare name of an operation is as likely as a misspelling.
        let last = name.rsplit('.').next().unwrap_or(name);
        let same = names.iter().find(|known| known.rsplit('.').next() == Some(last)).map(String::as_str);
        let near = nearest(&name.value, names.iter().map(String::as_str)).or(same);
        self.report(match (near, names.first()) {
            (Some(near), _) => problem.label(format!("did you mean `{near}`?")),
            (None, Some(first)) => problem
                .label("no resource describes this operation")
                .help(format!("name a described operation, such as `{first}`, or leave `{key}` out")),
            (None, None) => {
                problem.label("the API describes no operation").help(format!("leave `{key}` out"))
            }
        });
    }

    fn credentials(&mut self) -> Vec<Credential> {
        let mut credentials: Vec<Credential> = Vec::new();
        let mut variables: Vec<&Spanned<String>> = Vec::new();
        for (name, decl) in self.syntax.decl.credentials.iter() {
            self.check_variable(&decl.env, &variables);
            variables.push(&decl.env);
            credentials.push(Credential {
                name: name.value.clone(),
                secret: decl.kind != CredentialKind::String,
                optional: decl.kind == CredentialKind::OptionalSecret,
                doc: self.doc(decl.doc.as_ref(), name, "the credential"),
                env: decl.env.value.clone(),
                example: text(decl.example.as_ref()).unwrap_or_else(|| format!("{}-example", name.value)),
                span: name.span,
            });
        }
        credentials
    }

    /// Reports an environment variable of two credentials.
    fn check_variable(&mut self, env: &Spanned<String>, before: &[&Spanned<String>]) {
        let is_valid = env.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && env.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_valid {
            let message = format!("`{}` is not a valid name of an environment variable", env.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, env.span, message)
                    .label("ASCII letters, digits and `_` are expected, and no digit first")
                    .help("write a name such as `ACME_API_KEY`"),
            );
        }
        if let Some(first) = before.iter().find(|first| first.value == env.value) {
            let message = format!("two credentials are read from `{}`", env.value);
            self.report(
                Diagnostic::error(Code::DuplicateKey, env.span, message)
                    .label("read here again")
                    .note(first.span, "first read here")
                    .help("give each credential a variable of its own"),
            );
        }
    }

    fn servers(&mut self, credentials: &[Credential]) -> Vec<Server> {
        let mut servers = Vec::new();
        let mut last_resorts: Vec<Span> = Vec::new();
        let Some(decls) = &self.syntax.decl.servers else { return servers };
        for (name, decl) in decls.iter() {
            self.check_url(decl);
            let when = decl.when.as_ref().and_then(|when| {
                let credential = self.credential(&when.credential, credentials)?;
                Some(Condition { credential, starts_with: when.starts_with.value.clone() })
            });
            if decl.when.is_none() && !self.syntax.is_unparsed(name.span) {
                last_resorts.push(name.span);
            }
            servers.push(Server {
                name: name.value.clone(),
                url: decl.url.value.clone(),
                doc: self.doc(decl.doc.as_ref(), name, "the server"),
                when,
            });
        }
        match last_resorts.as_slice() {
            [_] => {}
            [] => self.no_last_resort(decls),
            [first, second, ..] => self.report(
                Diagnostic::error(Code::InvalidValue, *second, "two servers have no condition")
                    .label("never chosen: the first server without `when` is the default")
                    .note(*first, "the first")
                    .help("add `when: { credential: …, starts_with: … }` to one of them"),
            ),
        }
        servers.sort_by_key(|server| server.when.is_none());
        self.check_servers_are_chosen(&servers);
        servers
    }

    fn no_last_resort(&mut self, servers: &Spanned<Entries<ServerDecl>>) {
        let problem = match servers.keys().last() {
            Some(last) => Diagnostic::error(Code::InvalidValue, last.span, "every server has a condition")
                .label("no default server")
                .help("remove `when:` from the server that is the default"),
            None => Diagnostic::error(Code::InvalidValue, servers.span, "there is no server")
                .label("one is needed at least")
                .help("write one: `live: { url: https://…, doc: … }`"),
        };
        // A server that could not be read can be the default one.
        if !servers.keys().any(|server| self.syntax.is_unparsed(server.span)) {
            self.report(problem);
        }
    }

    fn check_url(&mut self, decl: &ServerDecl) {
        if let Err(base_url::Problem { start, len, label, help }) = base_url::check(&decl.url) {
            let message = format!("`{}` is not a valid base URL", decl.url.value);
            self.report(
                Diagnostic::error(Code::InvalidBaseUrl, decl.url.part(start, len), message)
                    .label(label)
                    .help(help),
            );
        }
    }

    fn auth(&mut self, credentials: &[Credential]) -> Auth {
        let Some(decl) = &self.syntax.decl.auth else { return Auth::None };
        let auth = match &decl.value {
            AuthDecl::None => Some(Auth::None),
            AuthDecl::Basic(basic) => {
                let username = self.credential(&basic.username, credentials);
                let password = self.credential(&basic.password, credentials);
                username.zip(password).map(|(username, password)| Auth::Basic { username, password })
            }
            AuthDecl::Bearer(bearer) => {
                self.credential(&bearer.token, credentials).map(|token| Auth::Bearer { token })
            }
        };
        auth.unwrap_or(Auth::None)
    }

    /// Reports credentials that no request uses.
    fn check_credentials_are_used(&mut self, api: &Api) {
        let in_servers =
            api.servers.iter().filter_map(|server| server.when.as_ref()).map(|when| when.credential);
        let in_params = self.credentials_in_params();
        let in_params =
            api.credentials.iter().enumerate().filter(|(_, it)| in_params.contains(&it.name.as_str()));
        let in_params = in_params.map(|(at, _)| at);
        let used: Vec<usize> = in_servers.chain(api.auth.credentials()).chain(in_params).collect();
        // A name that is already reported as unknown can be the missing use.
        if self.problems.iter().any(|problem| problem.code == Code::UnknownCredential) || self.is_partial {
            return;
        }
        for (_, credential) in api.credentials.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    credential.span,
                    format!("the credential `{}` is not used", credential.name),
                )
                .label("`auth`, servers and parameters do not use it")
                .help("use it under `auth` or as the `credential:` of a parameter, or remove it"),
            );
        }
    }

    /// Returns the names of the credentials that supply values of parameters.
    fn credentials_in_params(&self) -> Vec<&'s str> {
        let operations = self.syntax.resources.iter().flat_map(|resource| resource.decl.operations.iter());
        let params = operations.flat_map(|(_, operation)| operation.params.iter());
        let names = params.filter_map(|(_, param)| match param.as_param() {
            ParamDecl::Credential(credential) => Some(optional_name(credential.value).0),
            ParamDecl::Typed(_) | ParamDecl::Constant(_) => None,
        });
        names.collect()
    }

    pub(super) fn credential(&mut self, name: &Spanned<String>, credentials: &[Credential]) -> Option<usize> {
        let found = credentials.iter().position(|credential| credential.name == name.value);
        // A credential that could not be read is still known.
        let is_declared = self.syntax.decl.credentials.keys().any(|declared| declared.value == name.value);
        if found.is_none() && !is_declared && !self.may_be_in_api(&self.syntax.decl.credentials) {
            let names = credentials.iter().map(|credential| credential.name.as_str());
            self.report(unknown(Code::UnknownCredential, "credential", name, names, "`credentials`"));
        }
        found
    }

    fn option_groups(&mut self) -> Vec<OptionGroup> {
        let mut groups = Vec::new();
        for (name, decl) in self.syntax.decl.options.iter() {
            groups.push(self.option_group(name, decl));
        }
        groups
    }

    fn option_group(&mut self, name: &Spanned<String>, decl: &'s OptionGroupDecl) -> OptionGroup {
        let doc = self.doc(decl.doc.as_ref(), name, "the option");
        self.check_group_headers(decl);
        if decl.headers.is_empty() {
            let message = format!("the option `{}` has no header", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("no request is sent")
                    .help("describe a header under `headers`, or remove the option"),
            );
        }
        let headers = decl.headers.all().map(|(name, header)| self.option_header(name, header)).collect();
        OptionGroup { name: name.value.clone(), doc, headers, span: name.span }
    }

    /// Resolves one header. The declaration is missing if it could not be read.
    fn option_header(&mut self, name: &Spanned<String>, decl: Option<&'s HeaderDecl>) -> OptionHeader {
        let Some(decl) = decl else {
            let field = self.unparsed_field(name);
            return OptionHeader {
                name: field.name,
                header: String::new(),
                ty: field.ty,
                doc: String::new(),
                example: None,
                span: name.span,
            };
        };
        self.check_header_name(&decl.header, decl.header.span, HeaderSource::Caller);
        if self.syntax.decl.auth.as_ref().is_some_and(|auth| !matches!(auth.value, AuthDecl::None)) {
            let help = "remove it; a token of the caller is a parameter with `in: bearer`";
            self.check_authorization(&decl.header, decl.header.span, help);
        }
        let doc = self.doc(decl.doc.as_ref(), name, "the header");
        let super::type_names::Bound { ty, nullable, .. } = self.type_of(None, &decl.ty);
        if nullable {
            self.report(
                Diagnostic::error(Code::MisplacedParam, decl.ty.span, "null cannot be sent in a header")
                    .label("may be null")
                    .help("leave out `| null`: a header that is not set is not sent"),
            );
        }
        if !is_scalar(&ty, &[]) {
            self.report(
                Diagnostic::error(
                    Code::MisplacedParam,
                    decl.ty.span,
                    format!("`{}` cannot be sent in a header", decl.ty.value),
                )
                .label(ONE_WORD),
            );
        }
        if let Some(value) = &decl.example {
            self.check_later(value, &ty, Code::ExampleMismatch, "the example");
        }
        let example = decl.example.as_ref().map(crate::syntax::SpannedValue::to_value);
        OptionHeader {
            name: name.value.clone(),
            header: decl.header.value.clone(),
            ty,
            doc,
            example,
            span: name.span,
        }
    }

    fn envelope(&mut self) -> Vec<Field> {
        let syntax = self.syntax;
        let entries = syntax.decl.envelope.all();
        entries.map(|(name, decl)| self.read_field("the envelope field", None, name, decl)).collect()
    }

    fn resources(&mut self) -> Vec<Resource> {
        let syntax = self.syntax;
        let mut resources: Vec<Resource> = Vec::new();
        for (at, resource) in syntax.resources.iter().enumerate() {
            let name = Spanned::new(resource.span, resource.path.join("."));
            let parent = self.scope.parents.get(at).copied().flatten();
            if let Some(parent) = parent.and_then(|parent| resources.get_mut(parent.0)) {
                parent.children.push(ResourceId(at));
            }
            resources.push(Resource {
                path: resource.path.clone(),
                file: resource.file.clone(),
                doc: self.doc(resource.decl.doc.as_ref(), &name, "the resource"),
                docs_url: text(resource.decl.docs_url.as_ref()),
                parent,
                children: Vec::new(),
                types: Vec::new(),
                operations: Vec::new(),
                span: resource.span,
            });
        }
        for (at, declared) in self.scope.types.iter().enumerate() {
            if let Some(resource) = resources.get_mut(declared.resource.0) {
                resource.types.push(crate::model::TypeId(at));
            }
        }
        resources
    }
}

/// Returns the name of a credential, and whether a `?` marks it as one that a client can lack.
pub(super) fn optional_name(from: &Spanned<String>) -> (&str, bool) {
    match from.value.strip_suffix('?') {
        Some(name) => (name.trim_end(), true),
        None => (&from.value, false),
    }
}

/// Reports a name that `api.yaml` does not define.
pub(super) fn unknown<'a>(
    code: Code,
    what: &str,
    name: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    place: &str,
) -> Diagnostic {
    let problem = Diagnostic::error(code, name.span, format!("there is no {what} `{}`", name.value));
    let list = quoted(known.clone());
    let help = if list.is_empty() {
        format!("define it in `api.yaml` under {place}")
    } else {
        format!("`api.yaml` defines {list} under {place}")
    };
    match nearest(&name.value, known) {
        Some(near) => problem.label(format!("did you mean `{near}`?")).help(help),
        None => problem.label("not defined").help(help),
    }
}

/// The types that are allowed in a path, a query or a header.
pub(super) const ONE_WORD: &str = "expected text, a number, a boolean, a time, an id or an enum";

/// Whether values of the type are single texts, so that they are allowed in a path, a query or a header.
///
/// `types` are the types that names refer to.
pub(super) fn is_scalar(ty: &Type, types: &[crate::model::TypeDef]) -> bool {
    use crate::model::Shape;
    match ty {
        Type::Json | Type::Object | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
        Type::Named(id) => types
            .get(id.0)
            .is_some_and(|def| def.unparsed || matches!(def.shape, Shape::Id { .. } | Shape::Enum { .. })),
        _ => true,
    }
}
