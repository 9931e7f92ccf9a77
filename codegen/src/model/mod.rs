//! The resolved description of one API, in which every name is bound and every rule is checked. It contains neither YAML nor
//! Rust.
//!
//! `resolve` creates the model, and the emitters read it. An [`Api`] holds its types, operations and resources in three flat
//! lists, which refer to each other by index. Recursive types therefore need no pointers. Every list has the order of the
//! spec: files sorted by path, then keys as written.

mod ids;
mod scalar;
mod field;
mod type_def;
mod forms;
mod auth;
mod accept;
mod response;
mod param_style;
mod pagination;
mod operation;
mod api;
mod servers;
mod unions;

pub use accept::{Accept, ResponseFormat};
pub use api::{
    Api, Condition, Credential, Errors, OptionGroup, OptionHeader, Package, Resource, Retry, Server,
    ServerRole, ServerVariable,
};
pub use auth::{ApiKey, AuthScheme, ClientCredentials, KeyLocation};
pub use field::{Direction, Field, FieldLocation, Limits, Permission, Type};
pub use forms::Forms;
pub use ids::{OperationId, ResourceId, TypeId};
pub use operation::{
    Body, BodyEncoding, Example, FixedParam, FixedValue, Method, Operation, Param, ParamLocation,
};
pub use pagination::{Pagination, Position};
pub use param_style::{ParamStyle, items, plain_text};
pub use response::{Response, StatusResponse, reason_phrase};
pub use scalar::{Format, Integer};
pub use type_def::{AdditionalFields, Constant, EnumValue, Object, Shape, TypeDef, Union, Variant};
