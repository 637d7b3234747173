package dev.altiplano.bench.peers;

import dev.altiplano.compute.Tensor;
import dev.altiplano.model.file.GgufFile;
import dev.altiplano.model.file.GgufMetadata;
import java.nio.file.Path;

/**
 * What one token costs at least, of the weights alone: attention comes on top and grows with the
 * context.
 *
 * @param weightBytes bytes of all matrices that a token is multiplied with, the output's included
 * @param decodeOperations a multiplication and an addition for each of their weights
 * @param prefillOperations the same without the output, which only a prompt's last token needs
 */
record ModelWork(double weightBytes, double decodeOperations, double prefillOperations) {
    static ModelWork of(Path path) {
        try (GgufFile file = GgufFile.open(path)) {
            boolean tied = file.find("output.weight").isEmpty();
            double expertShare = expertShare(file.metadata());
            double bytes = 0;
            double decode = 0;
            double prefill = 0;
            for (Tensor tensor : file.tensors()) {
                boolean isEmbedding = tensor.name().equals("token_embd.weight");
                boolean isVector = tensor.shape().rank() < 2;
                if (isVector || (isEmbedding && !tied)) {
                    continue; // read, if at all, by the row
                }
                double share = tensor.name().contains("_exps.") ? expertShare : 1;
                double operations = 2.0 * tensor.shape().elements() * share;
                boolean isOutput = isEmbedding || tensor.name().equals("output.weight");
                bytes += tensor.bytes().byteSize() * share;
                decode += operations;
                prefill += isOutput ? 0 : operations;
            }
            return new ModelWork(bytes, decode, prefill);
        }
    }

    /** The share of a layer's experts that a token goes to. */
    private static double expertShare(GgufMetadata metadata) {
        String architecture = metadata.requireString("general.architecture");
        double count = metadata.integer(architecture + ".expert_count").orElse(0);
        double used = metadata.integer(architecture + ".expert_used_count").orElse(0);
        return count > 0 ? used / count : 1;
    }

    double operations(Workload workload) {
        return workload.isDecode() ? decodeOperations : prefillOperations;
    }

    /** Operations for each byte of weights: a prompt reads them once for all its tokens. */
    double operationsPerByte(Workload workload) {
        return operations(workload) * Math.max(1, workload.promptTokens()) / weightBytes;
    }
}
