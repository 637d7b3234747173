"""Records what jinja2 makes of the snippets and templates here (see README.md).

Run: python3 generate.py, with jinja2 3.1.6 installed.
"""

import json
import pathlib

import conversations
import reference
import snippets

HERE = pathlib.Path(__file__).parent

# The texts of the begin and end tokens that a template's model has.
TOKENS = {
    "gpt-oss": ("<|startoftext|>", "<|return|>"),
    "llama-2": ("<s>", "</s>"),
    "llama-3": ("<|begin_of_text|>", "<|eot_id|>"),
    "llama-3.1": ("<|begin_of_text|>", "<|eot_id|>"),
    "llama-3.2": ("<|begin_of_text|>", "<|eot_id|>"),
    "llama-4": ("<|begin_of_text|>", "<|eot|>"),
    "mistral-7b-v0.1": ("<s>", "</s>"),
    "mistral-7b-v0.2": ("<s>", "</s>"),
    "mistral-7b-v0.3": ("<s>", "</s>"),
    "mistral-nemo": ("<s>", "</s>"),
    "qwen2.5": ("<|endoftext|>", "<|im_end|>"),
    "qwen3": ("<|endoftext|>", "<|im_end|>"),
    "smollm2": ("<|im_start|>", "<|im_end|>"),
    "smollm3": ("<|im_start|>", "<|im_end|>"),
    "tinyllama": ("<s>", "</s>"),
}


def write(name, data):
    text = json.dumps(data, ensure_ascii=True, indent=1)
    (HERE / name).write_text(text + "\n", encoding="ascii")


def record_snippets():
    cases = []
    for template in snippets.snippets():
        case = {"template": template}
        case.update(reference.render(template, snippets.VARIABLES))
        # Objects that print their address in memory have no output to compare.
        if " at 0x" not in case.get("output", ""):
            cases.append(case)
    write("snippets.json", {"variables": snippets.VARIABLES, "cases": cases})
    return len(cases)


def record_templates():
    write("conversations.json", {"conversations": conversations.CONVERSATIONS})
    count = 0
    for name, (bos_token, eos_token) in TOKENS.items():
        template = (HERE / "templates" / (name + ".jinja")).read_bytes().decode("utf-8")
        cases = []
        for conversation in conversations.CONVERSATIONS:
            for add_generation_prompt in (True, False):
                case = {
                    "conversation": conversation["name"],
                    "add_generation_prompt": add_generation_prompt,
                }
                variables = conversations.variables(
                    conversation, add_generation_prompt, bos_token, eos_token
                )
                case.update(reference.render(template, variables))
                cases.append(case)
                count += 1
        data = {"bos_token": bos_token, "eos_token": eos_token, "cases": cases}
        write("templates/" + name + ".json", data)
    return count


if __name__ == "__main__":
    print(record_snippets(), "snippets")
    print(record_templates(), "renderings of", len(TOKENS), "templates")
