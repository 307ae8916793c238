//! The operation table: one row an operation, one file each.

mod add_permission;
mod cancel_message_move_task;
mod change_message_visibility;
mod change_message_visibility_batch;
mod create_queue;
mod delete_message;
mod delete_message_batch;
mod delete_queue;
mod get_queue_attributes;
mod get_queue_url;
mod list_dead_letter_source_queues;
mod list_message_move_tasks;
mod list_queue_tags;
mod list_queues;
mod purge_queue;
mod receive_message;
mod remove_permission;
mod send_message;
mod send_message_batch;
mod set_queue_attributes;
mod start_message_move_task;
mod tag_queue;
mod untag_queue;

use cloudarium_service::operation::members;
use cloudarium_service::{Access, Depth, Operation, operation};

use crate::model::State;

/// Every operation that is simulated, in the order of their names.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation<State>] = &[
    operation!(Write, AddPermission, add_permission::add_permission, add_permission::AddPermissionInput),
    operation!(Write, CancelMessageMoveTask, cancel_message_move_task::cancel_message_move_task, cancel_message_move_task::CancelMessageMoveTaskInput),
    operation!(Write, ChangeMessageVisibility, change_message_visibility::change_message_visibility, change_message_visibility::ChangeMessageVisibilityInput),
    operation!(Write, ChangeMessageVisibilityBatch, change_message_visibility_batch::change_message_visibility_batch, change_message_visibility_batch::ChangeMessageVisibilityBatchInput),
    operation!(Write, CreateQueue, create_queue::create_queue, create_queue::CreateQueueInput),
    operation!(Write, DeleteMessage, delete_message::delete_message, delete_message::DeleteMessageInput),
    operation!(Write, DeleteMessageBatch, delete_message_batch::delete_message_batch, delete_message_batch::DeleteMessageBatchInput),
    operation!(Write, DeleteQueue, delete_queue::delete_queue, delete_queue::DeleteQueueInput),
    operation!(Read, GetQueueAttributes, get_queue_attributes::get_queue_attributes, get_queue_attributes::GetQueueAttributesInput),
    operation!(Read, GetQueueUrl, get_queue_url::get_queue_url, get_queue_url::GetQueueUrlInput),
    operation!(Read, ListDeadLetterSourceQueues, list_dead_letter_source_queues::list_dead_letter_source_queues, list_dead_letter_source_queues::ListDeadLetterSourceQueuesInput),
    operation!(Read, ListMessageMoveTasks, list_message_move_tasks::list_message_move_tasks, list_message_move_tasks::ListMessageMoveTasksInput),
    operation!(Read, ListQueueTags, list_queue_tags::list_queue_tags, list_queue_tags::ListQueueTagsInput),
    operation!(Read, ListQueues, list_queues::list_queues, list_queues::ListQueuesInput),
    operation!(Write, PurgeQueue, purge_queue::purge_queue, purge_queue::PurgeQueueInput),
    // It may wait.
    Operation {
        name: "ReceiveMessage",
        access: Access::Write,
        depth: Depth::Simulated,
        run: receive_message::run,
        members: members::<receive_message::ReceiveMessageInput>,
    },
    operation!(Write, RemovePermission, remove_permission::remove_permission, remove_permission::RemovePermissionInput),
    operation!(Write, SendMessage, send_message::send_message, send_message::SendMessageInput),
    operation!(Write, SendMessageBatch, send_message_batch::send_message_batch, send_message_batch::SendMessageBatchInput),
    operation!(Write, SetQueueAttributes, set_queue_attributes::set_queue_attributes, set_queue_attributes::SetQueueAttributesInput),
    operation!(Write, StartMessageMoveTask, start_message_move_task::start_message_move_task, start_message_move_task::StartMessageMoveTaskInput),
    operation!(Write, TagQueue, tag_queue::tag_queue, tag_queue::TagQueueInput),
    operation!(Write, UntagQueue, untag_queue::untag_queue, untag_queue::UntagQueueInput),
];
