//! The operation table: one row an operation, one file each.

mod create_activity;
mod create_state_machine;
mod create_state_machine_alias;
mod delete_activity;
mod delete_state_machine;
mod delete_state_machine_alias;
mod delete_state_machine_version;
mod describe_activity;
mod describe_execution;
mod describe_map_run;
mod describe_state_machine;
mod describe_state_machine_alias;
mod describe_state_machine_for_execution;
mod get_activity_task;
mod get_execution_history;
mod list_activities;
mod list_executions;
mod list_map_runs;
mod list_state_machine_aliases;
mod list_state_machine_versions;
mod list_state_machines;
mod list_tags_for_resource;
mod publish_state_machine_version;
mod redrive_execution;
mod send_task_failure;
mod send_task_heartbeat;
mod send_task_success;
mod shared;
mod start_execution;
mod start_sync_execution;
mod stop_execution;
mod tag_resource;
mod test_state;
mod untag_resource;
mod update_map_run;
mod update_state_machine;
mod update_state_machine_alias;
mod validate_state_machine_definition;

use cloudarium_service::{Access, Depth, Operation, operation};

use crate::model::State;

pub use get_activity_task::{poll_ended, queue_task};
pub use shared::redrivable;
pub use start_sync_execution::sync_answer;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, CreateActivity, create_activity::create_activity, create_activity::CreateActivityInput),
    operation!(Write, CreateStateMachine, create_state_machine::create_state_machine, create_state_machine::CreateStateMachineInput),
    operation!(Write, CreateStateMachineAlias, create_state_machine_alias::create_state_machine_alias, create_state_machine_alias::CreateStateMachineAliasInput),
    operation!(Write, DeleteActivity, delete_activity::delete_activity, delete_activity::DeleteActivityInput),
    operation!(Write, DeleteStateMachine, delete_state_machine::delete_state_machine, delete_state_machine::DeleteStateMachineInput),
    operation!(Write, DeleteStateMachineAlias, delete_state_machine_alias::delete_state_machine_alias, delete_state_machine_alias::DeleteStateMachineAliasInput),
    operation!(Write, DeleteStateMachineVersion, delete_state_machine_version::delete_state_machine_version, delete_state_machine_version::DeleteStateMachineVersionInput),
    operation!(Read, DescribeActivity, describe_activity::describe_activity, describe_activity::DescribeActivityInput),
    operation!(Read, DescribeExecution, describe_execution::describe_execution, describe_execution::DescribeExecutionInput),
    operation!(Read, DescribeMapRun, describe_map_run::describe_map_run, describe_map_run::DescribeMapRunInput),
    operation!(Read, DescribeStateMachine, describe_state_machine::describe_state_machine, describe_state_machine::DescribeStateMachineInput),
    operation!(Read, DescribeStateMachineAlias, describe_state_machine_alias::describe_state_machine_alias, describe_state_machine_alias::DescribeStateMachineAliasInput),
    operation!(Read, DescribeStateMachineForExecution, describe_state_machine_for_execution::describe_state_machine_for_execution, describe_state_machine_for_execution::DescribeStateMachineForExecutionInput),
    Operation { name: "GetActivityTask", access: Access::Write, depth: Depth::Simulated, run: get_activity_task::get_activity_task, members: cloudarium_service::operation::members::<get_activity_task::GetActivityTaskInput> },
    Operation { name: "GetExecutionHistory", access: Access::Read, depth: Depth::Simulated, run: get_execution_history::get_execution_history, members: cloudarium_service::operation::members::<get_execution_history::GetExecutionHistoryInput> },
    operation!(Read, ListActivities, list_activities::list_activities, list_activities::ListActivitiesInput),
    operation!(Read, ListExecutions, list_executions::list_executions, list_executions::ListExecutionsInput),
    operation!(Read, ListMapRuns, list_map_runs::list_map_runs, list_map_runs::ListMapRunsInput),
    operation!(Read, ListStateMachineAliases, list_state_machine_aliases::list_state_machine_aliases, list_state_machine_aliases::ListStateMachineAliasesInput),
    operation!(Read, ListStateMachineVersions, list_state_machine_versions::list_state_machine_versions, list_state_machine_versions::ListStateMachineVersionsInput),
    operation!(Read, ListStateMachines, list_state_machines::list_state_machines, list_state_machines::ListStateMachinesInput),
    operation!(Read, ListTagsForResource, list_tags_for_resource::list_tags_for_resource, list_tags_for_resource::ListTagsForResourceInput),
    operation!(Write, PublishStateMachineVersion, publish_state_machine_version::publish_state_machine_version, publish_state_machine_version::PublishStateMachineVersionInput),
    operation!(Write, RedriveExecution, redrive_execution::redrive_execution, redrive_execution::RedriveExecutionInput),
    operation!(Write, SendTaskFailure, send_task_failure::send_task_failure, send_task_failure::SendTaskFailureInput),
    operation!(Write, SendTaskHeartbeat, send_task_heartbeat::send_task_heartbeat, send_task_heartbeat::SendTaskHeartbeatInput),
    operation!(Write, SendTaskSuccess, send_task_success::send_task_success, send_task_success::SendTaskSuccessInput),
    operation!(Write, StartExecution, start_execution::start_execution, start_execution::StartExecutionInput),
    Operation { name: "StartSyncExecution", access: Access::Write, depth: Depth::Simulated, run: start_sync_execution::start_sync_execution, members: cloudarium_service::operation::members::<start_sync_execution::StartSyncExecutionInput> },
    operation!(Write, StopExecution, stop_execution::stop_execution, stop_execution::StopExecutionInput),
    operation!(Write, TagResource, tag_resource::tag_resource, tag_resource::TagResourceInput),
    Operation { name: "TestState", access: Access::Write, depth: Depth::Simulated, run: test_state::test_state, members: cloudarium_service::operation::members::<test_state::TestStateInput> },
    operation!(Write, UntagResource, untag_resource::untag_resource, untag_resource::UntagResourceInput),
    operation!(Write, UpdateMapRun, update_map_run::update_map_run, update_map_run::UpdateMapRunInput),
    operation!(Write, UpdateStateMachine, update_state_machine::update_state_machine, update_state_machine::UpdateStateMachineInput),
    operation!(Write, UpdateStateMachineAlias, update_state_machine_alias::update_state_machine_alias, update_state_machine_alias::UpdateStateMachineAliasInput),
    operation!(Read, ValidateStateMachineDefinition, validate_state_machine_definition::validate_state_machine_definition, validate_state_machine_definition::ValidateStateMachineDefinitionInput),
];
