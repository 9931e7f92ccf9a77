//! Assembly of the API from its parts.

use super::directions;
use super::resolver::{Resolver, text};
use super::usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Resource, ResourceId, TypeId};
use crate::syntax::Spanned;

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
            requires_docs: !self.docs_are_optional(),
            package: self.package(),
            credentials: self.credentials(),
            servers: Vec::new(),
            variables: Vec::new(),
            auth: Vec::new(),
            options: Vec::new(),
            errors: self.errors(),
            retry: self.retry(),
            resources: self.resources(),
            types: Vec::new(),
            operations: Vec::new(),
        };
        api.servers = self.servers(&api.credentials);
        self.server_variables(&mut api);
        api.auth = self.auth(&api.credentials);
        self.check_credentials_are_used(&api);
        self.check_styles();
        api.options = self.option_groups();
        api.types = self.types();
        self.check_cyclic_variants(&mut api);
        let envelope = self.envelope(&api.types);
        self.check_servers_of_resources(&api);
        self.shared_params();
        self.operations(&mut api, &envelope);
        self.check_credential_values(&api);
        self.check_error_bodies(&api);
        api.package.first_call = self.first_call(&api);
        api.package.sign_in = self.sign_in(&api);
        self.check_values(&api);
        self.problems.extend(directions::split(&mut api));
        self.check_unions(&mut api);
        self.check_endless(&api);
        usage::mark(&mut api);
        directions::drop_rules_of_responses(&mut api);
        // Unused types are unknown while some uses could not be read.
        if !self.is_partial {
            let unused = usage::unused(&api, |id| self.used_aliases.contains(&id));
            self.problems.extend(unused);
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
                self.report(problem.label(format!("missing `{key}`")));
            }
        }
        self.doc(syntax.decl.doc.as_ref(), &Spanned::new(syntax.span, syntax.name.clone()), "the API")
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
                resource.types.push(TypeId(at));
            }
        }
        resources
    }
}
