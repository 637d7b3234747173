/**
 * Model files, read where they lie: GGUF, safetensors, Hugging Face folders; and writers for both
 * formats. Open {@link dev.altiplano.model.file.ModelFile} first. May use compute and {@code
 * model.json}; knows no architecture and no tokenizer.
 *
 * <p><b>GGUF</b>, versions 2 and 3, little-endian: magic {@code GGUF}, u32 version, u64 tensor
 * count, u64 count of metadata entries; each entry a key (u64 length, UTF-8), a u32 {@linkplain
 * dev.altiplano.model.file.GgufType type} and the value; for each tensor its name, u32 count of
 * dimensions, the dimensions as u64 (innermost first), u32 format and u64 offset into the data
 * section. The data section and every tensor begin at multiples of {@code general.alignment} (32
 * unless said). Source: ggml, {@code docs/gguf.md}.
 *
 * <p><b>safetensors</b>: u64 length of the header, the header as a JSON object that gives each
 * tensor its {@code dtype}, {@code shape} (outermost first) and {@code data_offsets} [begin, end)
 * into the rest of the file, which the tensors fill without holes. Source: huggingface/safetensors,
 * README.
 */
@NullMarked
package dev.altiplano.model.file;

import org.jspecify.annotations.NullMarked;
