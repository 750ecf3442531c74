"""The SDK's turn context without its deep copies."""

from copy import copy
from typing import Any

from botbuilder.core.turn_context import TurnContext
from botbuilder.schema import ActivityTypes, DeliveryModes, InputHints


class Turn(TurnContext):  # type: ignore[misc]
    """A turn that copies an outgoing activity flatly: only its own fields are changed on the way, and a deep
    copy of a card takes longer than to send it."""

    async def send_activities(self, activities: list[Any]) -> Any:
        """Send the activities as answers; the SDK's responses with their ids."""
        reference = TurnContext.get_conversation_reference(self.activity)
        output = [_addressed(activity, reference) for activity in activities]
        sending = self._send_or_buffer(output)
        return await self._emit(self._on_send_activities, output, sending)

    async def _send_or_buffer(self, output: list[Any]) -> Any:
        if self.activity.delivery_mode == DeliveryModes.expect_replies:
            self.buffered_reply_activities.extend(output)
            for activity in output:
                if activity.type == ActivityTypes.invoke_response:
                    self.turn_state[TurnContext._INVOKE_RESPONSE_KEY] = activity
            responses: Any = []
        else:
            responses = await self.adapter.send_activities(self, output)
        if any(activity.type != ActivityTypes.trace for activity in output):
            self.responded = True
        return responses


def _addressed(activity: Any, reference: Any) -> Any:
    answer = TurnContext.apply_conversation_reference(copy(activity), reference)
    answer.type = answer.type or ActivityTypes.message
    answer.input_hint = answer.input_hint or InputHints.accepting_input
    answer.id = None
    return answer
