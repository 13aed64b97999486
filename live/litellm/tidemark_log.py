"""Writes what LiteLLM hands to its callbacks, one line for each call: the standard payload, and of a success the row that
the proxy puts into its table of spend logs, as LiteLLM's own code makes it. (Rows of failures the proxy makes elsewhere.)"""

import json
import os

from litellm.integrations.custom_logger import CustomLogger
from litellm.proxy.spend_tracking.spend_tracking_utils import get_logging_payload


def append(name, record):
    with open(os.path.join(os.environ["TIDEMARK_LIVE_LOGS"], name), "a", encoding="utf-8") as file:
        file.write(json.dumps(record, default=str) + "\n")


class Log(CustomLogger):
    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        append("payloads.jsonl", kwargs["standard_logging_object"])
        row = get_logging_payload(kwargs=kwargs, response_obj=response_obj, start_time=start_time, end_time=end_time)
        append("spend-logs.jsonl", row)

    async def async_log_failure_event(self, kwargs, response_obj, start_time, end_time):
        append("payloads.jsonl", kwargs["standard_logging_object"])


log = Log()
