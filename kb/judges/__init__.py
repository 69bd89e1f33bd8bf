"""Second judges of contradictions: a language model at an endpoint, or a local inference model."""

from kb.errors import ConfigError
from kb.judges.remembered import Remembered
from kb.ports import Cache, SecondJudge
from kb.settings import JudgeSettings, LlmSettings


def open_second_judge(
    settings: JudgeSettings, llm: LlmSettings, cache: Cache | None = None
) -> SecondJudge | None:
    """The configured one, None without any. Nothing is called or loaded yet.

    Its opinions are kept in `cache`; at most `settings.budget` contradictions are looked at for
    the first time. Raises `ConfigError` where what the kind needs is not set.
    """
    if settings.kind == "none" or settings.budget == 0:
        return None
    if settings.kind == "model":
        if not settings.model:
            raise ConfigError('[judge] kind = "model" needs [judge] model: a folder or a name')
        from kb.judges.inference import InferenceJudge

        return Remembered(InferenceJudge(settings), settings, cache)
    if not (llm.url and llm.model):
        raise ConfigError('[judge] kind = "endpoint" needs [llm] url and [llm] model')
    from kb.judges.endpoint import EndpointJudge

    return Remembered(EndpointJudge(settings, llm), settings, cache)
