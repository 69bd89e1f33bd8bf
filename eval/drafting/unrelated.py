"""Questions that no help center answers: the handoffs of a drafted set."""

from collections.abc import Collection

# Question, and the words that would make it a fair one to ask this help center after all.
_QUESTIONS = (
    ("Will it rain in Lisbon tomorrow afternoon?", "rain weather forecast"),
    ("How long should I boil an egg for a soft yolk?", "egg boil cook recipe food kitchen"),
    ("Which party is ahead in the polls for the next election?", "election party poll vote"),
    ("Who won the football match last night?", "football match sport game league"),
    ("Can you give me a recipe for vegetarian lasagne?", "recipe lasagne cook food kitchen"),
    ("What is the capital of Mongolia?", "capital country geography mongolia"),
    ("How tall is the highest mountain in Africa?", "mountain africa hike"),
    ("Which antibiotics help against a sore throat?", "antibiotic throat medicine doctor health"),
    ("Can you write a poem about autumn for my grandmother?", "poem autumn poetry write"),
    ("What time does the last train to Vienna leave tonight?", "train rail vienna travel"),
    ("Should I put my savings into gold or into shares?", "saving gold share invest stock"),
    ("Who painted the ceiling of the Sistine Chapel?", "paint painter ceiling chapel art"),
    ("How do I get a red wine stain out of a carpet?", "wine stain carpet clean laundry"),
    ("What did the president say in yesterday's speech?", "president speech news politics"),
    ("Which exercises help against lower back pain?", "exercise pain fitness health back"),
    ("Can you solve this equation for me: 3x + 7 = 22?", "equation math algebra solve"),
    ("Who is the main actor in the newest spy film?", "actor film movie cinema spy"),
    ("How many calories does a banana have?", "calorie banana diet nutrition food"),
    ("What is a good name for a male kitten?", "kitten cat pet name"),
    ("When did the Roman Empire fall?", "roman empire history"),
    ("What is the best beach in Greece for small children?", "beach greece holiday travel"),
    ("How do I teach my dog to walk beside me?", "dog pet puppy train"),
    ("Tell me a joke about penguins.", "joke penguin"),
    ("How far is the Moon from the Earth?", "moon earth astronomy space"),
    ("What should I wear to a winter wedding?", "wear wedding clothes dress fashion"),
    ("How often must the oil of a diesel engine be changed?", "oil diesel engine car vehicle"),
    ("Who wrote the novel about the white whale?", "novel whale book author"),
    ("What is the horoscope for Gemini this week?", "horoscope gemini astrology zodiac"),
    ("How do I fold a paper crane?", "paper crane fold origami"),
    ("Which visa does a tourist need for Vietnam?", "visa tourist vietnam passport travel"),
    ("What is the population of Brazil?", "population brazil country"),
    ("How do I tune a violin?", "violin tune music instrument"),
    ("Can you recommend a dentist in Dublin?", "dentist dublin tooth doctor health"),
    ("What causes the northern lights?", "aurora northern light sky physics"),
    ("How do I knit a scarf for a beginner?", "knit scarf wool craft"),
    ("Which team has won the most basketball titles?", "basketball team title league sport"),
    ("How do I say good evening in Hungarian?", "hungarian translate language evening"),
    ("What are the side effects of aspirin?", "aspirin side effect medicine health"),
    ("How deep is the Pacific Ocean at its deepest point?", "ocean pacific deep sea"),
    ("What is the plot of Hamlet in three sentences?", "hamlet plot play theatre"),
)


def unrelated(words: Collection[str], limit: int) -> list[str]:
    """At most `limit` questions, in fixed order, none on a subject that is among `words` (lower
    case; the plural counts too)."""
    known = {word.removesuffix("s") for word in words}
    fair = [question for question, subject in _QUESTIONS if known.isdisjoint(subject.split())]
    return fair[:limit]
