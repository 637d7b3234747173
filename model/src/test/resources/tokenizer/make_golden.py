"""Makes the tiny vocabularies in this folder and the ids that reference implementations give.

Needs: pip install tokenizers==0.23.3 sentencepiece==0.2.3 gguf
Run in this folder: python3 make_golden.py
"""

import json
import os
import random
import tempfile

import gguf
import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from tokenizers import processors, trainers

TEXT = """\
The lake lies high above the valley, and in July its edges freeze before the sun has gone down.
Somebody counted the boats this morning: there were thirty-one, and she'd painted eleven of them.
Nobody knows who built the first one, but they're sure it wasn't a fisherman; it's far too pretty.
We'll measure the water again in 2026, 2027 and 2028, because the last 1,250 readings don't agree.
"I've seen it lower," the old man said. "Lower than 3.75 metres! You'd have walked across."
El lago está a casi cuatro mil metros, y de noche el viento baja de la cordillera como un río frío.
¿Quién pintó las barcas? Nadie lo sabe; quizás los niños, quizás la señora que vende pan y queso.
Después de la lluvia todo huele a eucalipto, a leña húmeda y a pescado frito con limón.
Los pingüinos no viven aquí, pero sí las llamas, las vicuñas y un pájaro azul que no canta nunca.
def level(readings):
    total = 0
    for reading in readings:
        total += reading.value  # in metres
    return total / len(readings)

if (level < 3.5) { alarm("low", level); } else { sleep(60 * 1000); }
Zürich, São Paulo, Łódź, Αθήνα, Москва, 東京, 서울, القاهرة, नई दिल्ली: 🌊🏔️ + 100 % = ½ × 200 %.
"""

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA4 = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")

PARTS = (
    ["a", "the", "The", "THE", " lake", " Lake", "reading", "s", "S", "'", "'s", "'S", "'ll", "'Re", "’"]
    + [" ", " ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", "\u00a0", "\u2003", "\u3000", "\u0085", "\x1c"]
    + ["0", "12", "123", "2026", "1,250", "3.75", "²", "٣", "½", "ⅷ", "!", "...", "//", "/", "-", "_", "$"]
    + ["+=", "<|", "|>", "é", "e\u0301", "\u0301", "ñ", "ß", "ǅ", "ʰ", "İ", "ж", "日", "本", "한", "א", "ع"]
    + ["नई", "🌊", "🏔️", "👩\u200d👧", "𝕳", "𐐀", "\u200b", "\ufeff", "\0", "\x04", "\ufffd", "▁", "Ġ"]
    + ["<0x0A>", "<s>", "</s>", "<unk>", "<|end|>", "pingüino", "señora", "water", "metres", "value"]
)


def texts():
    chosen = ["", " ", "  ", "\n", "a", "The lake", " The lake", "she'd don't IT'S", "x" * 70, "1" * 10]
    chosen += [line for line in TEXT.split("\n") if line]
    chosen += ["The lake\n\n  is  low.\n", "   indented\n\treturn 3.5\n", "<s>Hola</s> <unk> <0x41>"]
    source = random.Random(20260101)
    for _ in range(60):
        chosen.append("".join(source.choice(PARTS) for _ in range(source.randrange(1, 25))))
    return chosen


def byte_level(pattern, ignore_merges=False, bytes_left_out=""):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    if pattern is None:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    elif pattern == "digits":
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(pattern), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = [c for c in pre_tokenizers.ByteLevel.alphabet() if c not in bytes_left_out]
    tokenizer.train_from_iterator(
        TEXT.split("\n"),
        trainers.BpeTrainer(
            vocab_size=500,
            initial_alphabet=alphabet,
            special_tokens=["<|begin|>", "<|end|>"],
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|begin|> $A", special_tokens=[("<|begin|>", 0)]
    )
    if ignore_merges:
        # Tokens that merging cannot make, as Llama 3 has some.
        tree = json.loads(tokenizer.to_str())
        for piece in ("Ġeucalipto", "pingü", "THE"):
            tree["model"]["vocab"][piece.replace("ü", "Ã¼")] = len(tree["model"]["vocab"])
        tokenizer = Tokenizer.from_str(json.dumps(tree))
    return tokenizer


def save(name, tokenizer, compact_merges=False):
    tree = json.loads(tokenizer.to_str())
    if compact_merges:
        tree["model"]["merges"] = [" ".join(pair) for pair in tree["model"]["merges"]]
    with open(name + ".json", "w", encoding="utf-8") as file:
        json.dump(tree, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
    return tree


def gguf_of(name, tokens, types, fields):
    writer = gguf.GGUFWriter(name + ".gguf", "llama")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    fields(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def gguf_of_json(name, tree, pre):
    """The GGUF file that a converter makes of a byte-level tokenizer.json."""
    vocab = tree["model"]["vocab"]
    special = {token["content"] for token in tree["added_tokens"]}
    tokens = sorted(vocab, key=vocab.get)

    def fields(writer):
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(pre)
        merges = tree["model"]["merges"]
        writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
        writer.add_bos_token_id(0)
        writer.add_eos_token_id(1)
        writer.add_add_bos_token(True)

    gguf_of(name, tokens, [3 if token in special else 1 for token in tokens], fields)


def sentence_piece():
    folder = tempfile.mkdtemp()
    text_file = os.path.join(folder, "text.txt")
    with open(text_file, "w", encoding="utf-8") as file:
        file.write(TEXT)
    sentencepiece.SentencePieceTrainer.train(
        input=text_file,
        model_prefix=os.path.join(folder, "golden"),
        model_type="bpe",
        vocab_size=600,
        byte_fallback=True,
        character_coverage=0.98,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        split_digits=True,
        minloglevel=2,
    )
    model = sentencepiece.SentencePieceProcessor(model_file=os.path.join(folder, "golden.model"))
    size = model.get_piece_size()
    pieces = [model.id_to_piece(i) for i in range(size)]

    def kind(i):
        if model.is_unknown(i):
            return 2
        if model.is_control(i):
            return 3
        return 6 if model.is_byte(i) else 1

    def fields(writer):
        writer.add_tokenizer_model("llama")
        writer.add_tokenizer_pre("default")
        writer.add_token_scores([model.get_score(i) for i in range(size)])
        writer.add_bos_token_id(1)
        writer.add_eos_token_id(2)
        writer.add_unk_token_id(0)
        writer.add_add_bos_token(True)
        writer.add_add_space_prefix(True)

    gguf_of("sentencepiece", pieces, [kind(i) for i in range(size)], fields)
    return model, pieces, kind


def llama2_json(model, pieces, kind):
    """The same model as tokenizers' BPE: merges in the order of the scores of what they make."""
    ids = {piece: i for i, piece in enumerate(pieces)}
    merges = []
    for piece, i in ids.items():
        if kind(i) == 1:
            for cut in range(1, len(piece)):
                left, right = piece[:cut], piece[cut:]
                if ids.get(left, 0) and ids.get(right, 0):
                    if kind(ids[left]) == 1 and kind(ids[right]) == 1:
                        merges.append((-model.get_score(i), ids[left], ids[right], left, right))
    merges = [(left, right) for _, _, _, left, right in sorted(merges)]
    tokenizer = Tokenizer(
        models.BPE(vocab=ids, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.add_special_tokens(
        [AddedToken(text, normalized=False, special=True) for text in ("<unk>", "<s>", "</s>")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return tokenizer


def plain_ids(tokenizer, tree, text):
    """Ids of text that is no special token: the library would make one of its spelling."""
    if any(token["content"] in text for token in tree["added_tokens"]):
        return None
    return tokenizer.encode(text, add_special_tokens=False).ids


def main():
    cases = texts()
    expected = {"texts": cases}
    variants = {
        "gpt2": (byte_level(None), True, "gpt-2"),
        "smollm": (byte_level("digits", bytes_left_out="ĄĆÀÁõ"), False, "smollm"),
        "llama3": (byte_level(LLAMA3, ignore_merges=True), False, "llama-bpe"),
        "llama4": (byte_level(LLAMA4), False, "llama4"),
        "qwen2": (byte_level(QWEN2), True, "qwen2"),
    }
    for name, (tokenizer, compact, pre) in variants.items():
        tree = save(name, tokenizer, compact)
        gguf_of_json(name, tree, pre)
        expected[name] = [plain_ids(tokenizer, tree, text) for text in cases]
    model, pieces, kind = sentence_piece()
    expected["sentencepiece"] = [model.encode(text) for text in cases]
    tokenizer = llama2_json(model, pieces, kind)
    tree = save("llama2", tokenizer)
    expected["llama2"] = [plain_ids(tokenizer, tree, text) for text in cases]
    with open("expected.json", "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(k) + ":" + json.dumps(v, separators=(",", ":")) for k, v in expected.items())
        file.write("{\n" + lines + "\n}\n")


main()
