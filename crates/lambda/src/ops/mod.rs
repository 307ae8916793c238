//! The operation table: one row an operation, one file each. Those that may wait for something (code in
//! S3, a handler) run by themselves, and say whether they do.

mod add_layer_version_permission;
mod add_permission;
mod create_alias;
mod create_event_source_mapping;
pub mod create_function;
mod create_function_url_config;
mod delete_alias;
mod delete_event_source_mapping;
mod delete_function;
mod delete_function_concurrency;
mod delete_function_event_invoke_config;
mod delete_function_url_config;
mod delete_layer_version;
mod delete_provisioned_concurrency_config;
mod download_code;
mod get_account_settings;
mod get_alias;
mod get_event_source_mapping;
mod get_function;
mod get_function_code_signing_config;
mod get_function_concurrency;
mod get_function_configuration;
mod get_function_event_invoke_config;
mod get_function_recursion_config;
mod get_function_url_config;
mod get_layer_version;
mod get_layer_version_by_arn;
mod get_layer_version_policy;
mod get_policy;
mod get_provisioned_concurrency_config;
mod get_runtime_management_config;
pub mod invoke;
mod invoke_function_url;
mod invoke_with_response_stream;
mod list_aliases;
mod list_event_source_mappings;
mod list_function_event_invoke_configs;
mod list_function_url_configs;
mod list_functions;
mod list_layer_versions;
mod list_layers;
mod list_provisioned_concurrency_configs;
mod list_tags;
mod list_versions_by_function;
pub mod publish_layer_version;
mod publish_version;
mod put_function_concurrency;
mod put_function_event_invoke_config;
mod put_function_recursion_config;
mod put_provisioned_concurrency_config;
mod put_runtime_management_config;
mod remove_layer_version_permission;
mod remove_permission;
mod tag_resource;
mod untag_resource;
mod update_alias;
mod update_event_source_mapping;
pub mod update_function_code;
mod update_function_configuration;
mod update_function_event_invoke_config;
mod update_function_url_config;

use cloudarium_service::operation::members;
use cloudarium_service::{Access, Depth, Operation, operation};

use crate::model::State;

/// A row for an operation that may wait.
macro_rules! waiting {
    ($name:ident, $run:path, $input:ty) => {
        Operation {
            name: stringify!($name),
            access: Access::Write,
            depth: Depth::Simulated,
            run: $run,
            members: members::<$input>,
        }
    };
}

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, AddLayerVersionPermission, add_layer_version_permission::add_layer_version_permission, add_layer_version_permission::AddLayerVersionPermissionInput),
    operation!(Write, AddPermission, add_permission::add_permission, add_permission::AddPermissionInput),
    operation!(Write, CreateAlias, create_alias::create_alias, create_alias::CreateAliasInput),
    waiting!(CreateEventSourceMapping, create_event_source_mapping::run, create_event_source_mapping::CreateEventSourceMappingInput),
    waiting!(CreateFunction, create_function::run, create_function::CreateFunctionInput),
    operation!(Write, CreateFunctionUrlConfig, create_function_url_config::create_function_url_config, create_function_url_config::CreateFunctionUrlConfigInput),
    operation!(Write, DeleteAlias, delete_alias::delete_alias, delete_alias::DeleteAliasInput),
    operation!(Write, DeleteEventSourceMapping, delete_event_source_mapping::delete_event_source_mapping, delete_event_source_mapping::DeleteEventSourceMappingInput),
    operation!(Write, DeleteFunction, delete_function::delete_function, delete_function::DeleteFunctionInput),
    operation!(Write, DeleteFunctionConcurrency, delete_function_concurrency::delete_function_concurrency, delete_function_concurrency::DeleteFunctionConcurrencyInput),
    operation!(Write, DeleteFunctionEventInvokeConfig, delete_function_event_invoke_config::delete_function_event_invoke_config, delete_function_event_invoke_config::DeleteFunctionEventInvokeConfigInput),
    operation!(Write, DeleteFunctionUrlConfig, delete_function_url_config::delete_function_url_config, delete_function_url_config::DeleteFunctionUrlConfigInput),
    operation!(Write, DeleteLayerVersion, delete_layer_version::delete_layer_version, delete_layer_version::DeleteLayerVersionInput),
    operation!(Write, DeleteProvisionedConcurrencyConfig, delete_provisioned_concurrency_config::delete_provisioned_concurrency_config, delete_provisioned_concurrency_config::DeleteProvisionedConcurrencyConfigInput),
    Operation { name: "DownloadCode", access: Access::Read, depth: Depth::Simulated, run: download_code::run, members: members::<download_code::DownloadCodeInput> },
    operation!(Read, GetAccountSettings, get_account_settings::get_account_settings, get_account_settings::GetAccountSettingsInput),
    operation!(Read, GetAlias, get_alias::get_alias, get_alias::GetAliasInput),
    operation!(Read, GetEventSourceMapping, get_event_source_mapping::get_event_source_mapping, get_event_source_mapping::GetEventSourceMappingInput),
    operation!(Read, GetFunction, get_function::get_function, get_function::GetFunctionInput),
    operation!(Read, GetFunctionCodeSigningConfig, get_function_code_signing_config::get_function_code_signing_config, get_function_code_signing_config::GetFunctionCodeSigningConfigInput),
    operation!(Read, GetFunctionConcurrency, get_function_concurrency::get_function_concurrency, get_function_concurrency::GetFunctionConcurrencyInput),
    operation!(Read, GetFunctionConfiguration, get_function_configuration::get_function_configuration, get_function_configuration::GetFunctionConfigurationInput),
    operation!(Read, GetFunctionEventInvokeConfig, get_function_event_invoke_config::get_function_event_invoke_config, get_function_event_invoke_config::GetFunctionEventInvokeConfigInput),
    operation!(Read, GetFunctionRecursionConfig, get_function_recursion_config::get_function_recursion_config, get_function_recursion_config::GetFunctionRecursionConfigInput),
    operation!(Read, GetFunctionUrlConfig, get_function_url_config::get_function_url_config, get_function_url_config::GetFunctionUrlConfigInput),
    operation!(Read, GetLayerVersion, get_layer_version::get_layer_version, get_layer_version::GetLayerVersionInput),
    operation!(Read, GetLayerVersionByArn, get_layer_version_by_arn::get_layer_version_by_arn, get_layer_version_by_arn::GetLayerVersionByArnInput),
    operation!(Read, GetLayerVersionPolicy, get_layer_version_policy::get_layer_version_policy, get_layer_version_policy::GetLayerVersionPolicyInput),
    operation!(Read, GetPolicy, get_policy::get_policy, get_policy::GetPolicyInput),
    operation!(Read, GetProvisionedConcurrencyConfig, get_provisioned_concurrency_config::get_provisioned_concurrency_config, get_provisioned_concurrency_config::GetProvisionedConcurrencyConfigInput),
    operation!(Read, GetRuntimeManagementConfig, get_runtime_management_config::get_runtime_management_config, get_runtime_management_config::GetRuntimeManagementConfigInput),
    waiting!(Invoke, invoke::run, invoke::InvokeInput),
    waiting!(InvokeFunctionUrl, invoke_function_url::run, crate::url::Visit),
    waiting!(InvokeWithResponseStream, invoke_with_response_stream::run, invoke::InvokeInput),
    operation!(Read, ListAliases, list_aliases::list_aliases, list_aliases::ListAliasesInput),
    operation!(Read, ListEventSourceMappings, list_event_source_mappings::list_event_source_mappings, list_event_source_mappings::ListEventSourceMappingsInput),
    operation!(Read, ListFunctionEventInvokeConfigs, list_function_event_invoke_configs::list_function_event_invoke_configs, list_function_event_invoke_configs::ListFunctionEventInvokeConfigsInput),
    operation!(Read, ListFunctionUrlConfigs, list_function_url_configs::list_function_url_configs, list_function_url_configs::ListFunctionUrlConfigsInput),
    operation!(Read, ListFunctions, list_functions::list_functions, list_functions::ListFunctionsInput),
    operation!(Read, ListLayerVersions, list_layer_versions::list_layer_versions, list_layer_versions::ListLayerVersionsInput),
    operation!(Read, ListLayers, list_layers::list_layers, list_layers::ListLayersInput),
    operation!(Read, ListProvisionedConcurrencyConfigs, list_provisioned_concurrency_configs::list_provisioned_concurrency_configs, list_provisioned_concurrency_configs::ListProvisionedConcurrencyConfigsInput),
    operation!(Read, ListTags, list_tags::list_tags, list_tags::ListTagsInput),
    operation!(Read, ListVersionsByFunction, list_versions_by_function::list_versions_by_function, list_versions_by_function::ListVersionsByFunctionInput),
    waiting!(PublishLayerVersion, publish_layer_version::run, publish_layer_version::PublishLayerVersionInput),
    operation!(Write, PublishVersion, publish_version::publish_version, publish_version::PublishVersionInput),
    operation!(Write, PutFunctionConcurrency, put_function_concurrency::put_function_concurrency, put_function_concurrency::PutFunctionConcurrencyInput),
    operation!(Write, PutFunctionEventInvokeConfig, put_function_event_invoke_config::put_function_event_invoke_config, put_function_event_invoke_config::PutFunctionEventInvokeConfigInput),
    operation!(Write, PutFunctionRecursionConfig, put_function_recursion_config::put_function_recursion_config, put_function_recursion_config::PutFunctionRecursionConfigInput),
    operation!(Write stored, PutProvisionedConcurrencyConfig, put_provisioned_concurrency_config::put_provisioned_concurrency_config, put_provisioned_concurrency_config::PutProvisionedConcurrencyConfigInput),
    operation!(Write stored, PutRuntimeManagementConfig, put_runtime_management_config::put_runtime_management_config, put_runtime_management_config::PutRuntimeManagementConfigInput),
    operation!(Write, RemoveLayerVersionPermission, remove_layer_version_permission::remove_layer_version_permission, remove_layer_version_permission::RemoveLayerVersionPermissionInput),
    operation!(Write, RemovePermission, remove_permission::remove_permission, remove_permission::RemovePermissionInput),
    operation!(Write, TagResource, tag_resource::tag_resource, tag_resource::TagResourceInput),
    operation!(Write, UntagResource, untag_resource::untag_resource, untag_resource::UntagResourceInput),
    operation!(Write, UpdateAlias, update_alias::update_alias, update_alias::UpdateAliasInput),
    waiting!(UpdateEventSourceMapping, update_event_source_mapping::run, update_event_source_mapping::UpdateEventSourceMappingInput),
    waiting!(UpdateFunctionCode, update_function_code::run, update_function_code::UpdateFunctionCodeInput),
    operation!(Write, UpdateFunctionConfiguration, update_function_configuration::update_function_configuration, update_function_configuration::UpdateFunctionConfigurationInput),
    operation!(Write, UpdateFunctionEventInvokeConfig, update_function_event_invoke_config::update_function_event_invoke_config, update_function_event_invoke_config::UpdateFunctionEventInvokeConfigInput),
    operation!(Write, UpdateFunctionUrlConfig, update_function_url_config::update_function_url_config, update_function_url_config::UpdateFunctionUrlConfigInput),
];
