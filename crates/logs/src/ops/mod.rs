//! The operation table: one row an operation, one file each.

mod create_log_group;
mod create_log_stream;
mod delete_log_group;
mod delete_log_stream;
mod delete_metric_filter;
mod delete_retention_policy;
mod delete_subscription_filter;
mod describe_log_groups;
mod describe_log_streams;
mod describe_metric_filters;
mod describe_subscription_filters;
mod filter_log_events;
mod get_log_events;
mod list_tags_for_resource;
mod list_tags_log_group;
mod put_log_events;
mod put_metric_filter;
mod put_retention_policy;
mod put_subscription_filter;
mod tag_log_group;
mod tag_resource;
mod test_metric_filter;
mod untag_log_group;
mod untag_resource;

use cloudarium_service::operation::members;
use cloudarium_service::{Access, Depth, Operation, operation};

use crate::model::State;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, CreateLogGroup, create_log_group::create_log_group, create_log_group::CreateLogGroupInput),
    operation!(Write, CreateLogStream, create_log_stream::create_log_stream, create_log_stream::CreateLogStreamInput),
    operation!(Write, DeleteLogGroup, delete_log_group::delete_log_group, delete_log_group::DeleteLogGroupInput),
    operation!(Write, DeleteLogStream, delete_log_stream::delete_log_stream, delete_log_stream::DeleteLogStreamInput),
    operation!(Write stored, DeleteMetricFilter, delete_metric_filter::delete_metric_filter, delete_metric_filter::DeleteMetricFilterInput),
    operation!(Write, DeleteRetentionPolicy, delete_retention_policy::delete_retention_policy, delete_retention_policy::DeleteRetentionPolicyInput),
    operation!(Write, DeleteSubscriptionFilter, delete_subscription_filter::delete_subscription_filter, delete_subscription_filter::DeleteSubscriptionFilterInput),
    operation!(Read, DescribeLogGroups, describe_log_groups::describe_log_groups, describe_log_groups::DescribeLogGroupsInput),
    operation!(Read, DescribeLogStreams, describe_log_streams::describe_log_streams, describe_log_streams::DescribeLogStreamsInput),
    operation!(Read stored, DescribeMetricFilters, describe_metric_filters::describe_metric_filters, describe_metric_filters::DescribeMetricFiltersInput),
    operation!(Read, DescribeSubscriptionFilters, describe_subscription_filters::describe_subscription_filters, describe_subscription_filters::DescribeSubscriptionFiltersInput),
    operation!(Read, FilterLogEvents, filter_log_events::filter_log_events, filter_log_events::FilterLogEventsInput),
    operation!(Read, GetLogEvents, get_log_events::get_log_events, get_log_events::GetLogEventsInput),
    operation!(Read, ListTagsForResource, list_tags_for_resource::list_tags_for_resource, list_tags_for_resource::ListTagsForResourceInput),
    operation!(Read, ListTagsLogGroup, list_tags_log_group::list_tags_log_group, list_tags_log_group::ListTagsLogGroupInput),
    operation!(Write, PutLogEvents, put_log_events::put_log_events, put_log_events::PutLogEventsInput),
    operation!(Write stored, PutMetricFilter, put_metric_filter::put_metric_filter, put_metric_filter::PutMetricFilterInput),
    operation!(Write, PutRetentionPolicy, put_retention_policy::put_retention_policy, put_retention_policy::PutRetentionPolicyInput),
    Operation {
        name: "PutSubscriptionFilter",
        access: Access::Write,
        depth: Depth::Simulated,
        run: put_subscription_filter::run,
        members: members::<put_subscription_filter::PutSubscriptionFilterInput>,
    },
    operation!(Write, TagLogGroup, tag_log_group::tag_log_group, tag_log_group::TagLogGroupInput),
    operation!(Write, TagResource, tag_resource::tag_resource, tag_resource::TagResourceInput),
    operation!(Read, TestMetricFilter, test_metric_filter::test_metric_filter, test_metric_filter::TestMetricFilterInput),
    operation!(Write, UntagLogGroup, untag_log_group::untag_log_group, untag_log_group::UntagLogGroupInput),
    operation!(Write, UntagResource, untag_resource::untag_resource, untag_resource::UntagResourceInput),
];
