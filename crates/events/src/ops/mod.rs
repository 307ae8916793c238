//! The operation table: one row an operation, one file each.

mod cancel_replay;
mod create_api_destination;
mod create_archive;
mod create_connection;
mod create_event_bus;
mod deauthorize_connection;
mod delete_api_destination;
mod delete_archive;
mod delete_connection;
mod delete_event_bus;
mod delete_rule;
mod describe_api_destination;
mod describe_archive;
mod describe_connection;
mod describe_event_bus;
mod describe_replay;
mod describe_rule;
mod disable_rule;
mod enable_rule;
mod list_api_destinations;
mod list_archives;
mod list_connections;
mod list_event_buses;
mod list_replays;
mod list_rule_names_by_target;
mod list_rules;
mod list_tags_for_resource;
mod list_targets_by_rule;
mod put_events;
mod put_permission;
mod put_rule;
mod put_targets;
mod remove_permission;
mod remove_targets;
mod start_replay;
mod tag_resource;
mod test_event_pattern;
mod untag_resource;
mod update_api_destination;
mod update_archive;
mod update_connection;
mod update_event_bus;

use cloudarium_service::{Operation, operation};

use crate::model::State;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, CancelReplay, cancel_replay::cancel_replay, cancel_replay::CancelReplayInput),
    operation!(Write, CreateApiDestination, create_api_destination::create_api_destination, create_api_destination::CreateApiDestinationInput),
    operation!(Write, CreateArchive, create_archive::create_archive, create_archive::CreateArchiveInput),
    operation!(Write, CreateConnection, create_connection::create_connection, create_connection::CreateConnectionInput),
    operation!(Write, CreateEventBus, create_event_bus::create_event_bus, create_event_bus::CreateEventBusInput),
    operation!(Write, DeauthorizeConnection, deauthorize_connection::deauthorize_connection, deauthorize_connection::DeauthorizeConnectionInput),
    operation!(Write, DeleteApiDestination, delete_api_destination::delete_api_destination, delete_api_destination::DeleteApiDestinationInput),
    operation!(Write, DeleteArchive, delete_archive::delete_archive, delete_archive::DeleteArchiveInput),
    operation!(Write, DeleteConnection, delete_connection::delete_connection, delete_connection::DeleteConnectionInput),
    operation!(Write, DeleteEventBus, delete_event_bus::delete_event_bus, delete_event_bus::DeleteEventBusInput),
    operation!(Write, DeleteRule, delete_rule::delete_rule, delete_rule::DeleteRuleInput),
    operation!(Read, DescribeApiDestination, describe_api_destination::describe_api_destination, describe_api_destination::DescribeApiDestinationInput),
    operation!(Read, DescribeArchive, describe_archive::describe_archive, describe_archive::DescribeArchiveInput),
    operation!(Read, DescribeConnection, describe_connection::describe_connection, describe_connection::DescribeConnectionInput),
    operation!(Read, DescribeEventBus, describe_event_bus::describe_event_bus, describe_event_bus::DescribeEventBusInput),
    operation!(Read, DescribeReplay, describe_replay::describe_replay, describe_replay::DescribeReplayInput),
    operation!(Read, DescribeRule, describe_rule::describe_rule, describe_rule::DescribeRuleInput),
    operation!(Write, DisableRule, disable_rule::disable_rule, disable_rule::DisableRuleInput),
    operation!(Write, EnableRule, enable_rule::enable_rule, enable_rule::EnableRuleInput),
    operation!(Read, ListApiDestinations, list_api_destinations::list_api_destinations, list_api_destinations::ListApiDestinationsInput),
    operation!(Read, ListArchives, list_archives::list_archives, list_archives::ListArchivesInput),
    operation!(Read, ListConnections, list_connections::list_connections, list_connections::ListConnectionsInput),
    operation!(Read, ListEventBuses, list_event_buses::list_event_buses, list_event_buses::ListEventBusesInput),
    operation!(Read, ListReplays, list_replays::list_replays, list_replays::ListReplaysInput),
    operation!(Read, ListRuleNamesByTarget, list_rule_names_by_target::list_rule_names_by_target, list_rule_names_by_target::ListRuleNamesByTargetInput),
    operation!(Read, ListRules, list_rules::list_rules, list_rules::ListRulesInput),
    operation!(Read, ListTagsForResource, list_tags_for_resource::list_tags_for_resource, list_tags_for_resource::ListTagsForResourceInput),
    operation!(Read, ListTargetsByRule, list_targets_by_rule::list_targets_by_rule, list_targets_by_rule::ListTargetsByRuleInput),
    operation!(Write, PutEvents, put_events::put_events, put_events::PutEventsInput),
    operation!(Write, PutPermission, put_permission::put_permission, put_permission::PutPermissionInput),
    operation!(Write, PutRule, put_rule::put_rule, put_rule::PutRuleInput),
    operation!(Write, PutTargets, put_targets::put_targets, put_targets::PutTargetsInput),
    operation!(Write, RemovePermission, remove_permission::remove_permission, remove_permission::RemovePermissionInput),
    operation!(Write, RemoveTargets, remove_targets::remove_targets, remove_targets::RemoveTargetsInput),
    operation!(Write, StartReplay, start_replay::start_replay, start_replay::StartReplayInput),
    operation!(Write, TagResource, tag_resource::tag_resource, tag_resource::TagResourceInput),
    operation!(Read, TestEventPattern, test_event_pattern::test_event_pattern, test_event_pattern::TestEventPatternInput),
    operation!(Write, UntagResource, untag_resource::untag_resource, untag_resource::UntagResourceInput),
    operation!(Write, UpdateApiDestination, update_api_destination::update_api_destination, update_api_destination::UpdateApiDestinationInput),
    operation!(Write, UpdateArchive, update_archive::update_archive, update_archive::UpdateArchiveInput),
    operation!(Write, UpdateConnection, update_connection::update_connection, update_connection::UpdateConnectionInput),
    operation!(Write, UpdateEventBus, update_event_bus::update_event_bus, update_event_bus::UpdateEventBusInput),
];
