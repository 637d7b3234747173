package dev.altiplano.planner.step;

import java.util.ArrayList;
import java.util.List;

/**
 * The cost of one layer: matmuls with an efficiency that grows with their size, attention, traffic,
 * and the collectives inside a layer.
 */
final class LayerModel {
    private final ModelShape model;
    private final FabricSpec fabric;
    private final TrainingSpec training;
    private final StepConstants constants;
    private final LinkRates rates;
    private final double matmulPeak;
    private final double peak;
    private final double memoryRate;

    LayerModel(
            ModelShape model,
            AcceleratorSpec accelerator,
            FabricSpec fabric,
            TrainingSpec training,
            StepConstants constants) {
        this.model = model;
        this.fabric = fabric;
        this.training = training;
        this.constants = constants;
        this.rates = LinkRates.of(accelerator, fabric, constants);
        this.matmulPeak = accelerator.effectivePeakFlops(training.fp8Share()) * accelerator.speed();
        this.peak = accelerator.peakFlops() * accelerator.speed();
        this.memoryRate =
                constants.memoryShare() * accelerator.hbmBytesPerSecond() * accelerator.speed();
    }

    LayerCost cost(int tp, int cp, int ep, int expertTp, int micro) {
        double tokens = (double) training.sequenceTokens() * micro / cp;
        double moeShare = (double) model.moeLayers() / model.layers();
        double gemmSeconds = 0;
        for (Gemm gemm : gemms(tokens, tp, ep, expertTp)) {
            gemmSeconds += seconds(gemm);
        }
        double softmax =
                training.flashAttention()
                        ? 0
                        : constants.softmaxTraffic() * model.heads() * keys() * tokens / tp;
        return new LayerCost(
                gemmSeconds,
                4
                        * tokens
                        * keys()
                        * model.heads()
                        * model.headDim()
                        / tp
                        / (peak * constants.attentionPeakShare()),
                traffic(tokens, tp, moeShare) / memoryRate,
                softmax / memoryRate,
                tpSeconds(tokens, tp, expertTp, moeShare) * training.overlap().tp(),
                gatherKeys(tokens, tp, cp) * training.overlap().cp(),
                moeShare * dispatch(tokens, tp, ep, expertTp) * training.overlap().ep(),
                6
                        * tokens
                        * model.embeddingParameters()
                        / tp
                        / (matmulPeak * constants.headPeakShare()));
    }

    double seconds(Gemm gemm) {
        return gemm.flops() / (matmulPeak * constants.gemmShare(gemm.m(), gemm.n(), gemm.k()));
    }

    double matmulPeakFlops() {
        return matmulPeak;
    }

    /** The matmuls of a mean layer, forward, for {@code tokens} tokens of a micro-batch. */
    List<Gemm> gemms(double tokens, int tp, int ep, int expertTp) {
        double d = model.hidden();
        double headWidth = (double) model.heads() * model.headDim() / tp;
        double kvWidth = 2 * kvHeads(tp) * model.headDim();
        double moeShare = (double) model.moeLayers() / model.layers();
        List<Gemm> gemms = new ArrayList<>();
        gemms.add(new Gemm("query, key, value", tokens, headWidth + kvWidth, d, 1));
        gemms.add(new Gemm("attention output", tokens, d, headWidth, 1));
        if (moeShare < 1) {
            addFfn(gemms, "ffn", tokens, (double) model.ffn() / tp, 1 - moeShare);
        }
        if (model.isMoe()) {
            addExperts(gemms, tokens, tp, ep, expertTp, moeShare);
        }
        return gemms;
    }

    /** Key heads of one rank; those that cannot be divided are repeated. */
    private double kvHeads(int tp) {
        return Math.max(1.0, (double) model.kvHeads() / tp);
    }

    private void addFfn(List<Gemm> gemms, String name, double rows, double width, double count) {
        double in = (model.ffnMatrices() - 1) * width;
        gemms.add(new Gemm(name + " in", rows, in, model.hidden(), count));
        gemms.add(new Gemm(name + " out", rows, model.hidden(), width, count));
    }

    /** Router, shared experts and the routed rows of the fullest rank. */
    private void addExperts(
            List<Gemm> gemms, double tokens, int tp, int ep, int expertTp, double moeShare) {
        MoeShape moe = model.moe();
        double width = moe.ffnExpert();
        double rows = tokens * moe.topK() * expertTp / tp * training.expertImbalance();
        double local = (double) moe.experts() / ep;
        gemms.add(new Gemm("router", tokens / tp, moe.experts(), model.hidden(), moeShare));
        addFfn(gemms, "experts", rows / local, width / expertTp, moeShare * local);
        if (moe.shared() > 0) {
            addFfn(gemms, "shared experts", tokens, moe.shared() * width / tp, moeShare);
        }
    }

    /** Keys per query that the kernel works on: a fused causal kernel skips the masked half. */
    double keys() {
        return model.attention()
                        .keysOfAllLayers(
                                model.layers(),
                                (double) training.sequenceTokens(),
                                training.flashAttention())
                / model.layers();
    }

    double traffic(double tokens, int tp, double moeShare) {
        MoeShape moe = model.moe();
        double rows =
                (1 - moeShare) * model.ffn()
                        + moeShare * (moe.topK() + moe.shared()) * (double) moe.ffnExpert();
        return (2 * constants.layerTraffic() * model.hidden() + 2 * model.ffnMatrices() * rows)
                * tokens
                / tp;
    }

    /**
     * Two all-gathers and two reduce-scatters of {@code 2 s b d} bytes. Routed experts that are not
     * divided need none; divided ones move their rows instead. The hop latency is part of the
     * fitted share of the link.
     */
    private double tpSeconds(double tokens, int tp, int expertTp, double moeShare) {
        double one =
                Collectives.ringAllGather(
                        2 * tokens * model.hidden(), tp, rates.linkBytesPerSecond(), 0);
        double routed = expertTp > 1 ? model.moe().topK() * training.expertCapacity() : 0;
        double shared = model.moe().shared() > 0 ? 1 : 0;
        return 2 * one + 2 * one * ((1 - moeShare) + moeShare * (routed + shared));
    }

    /** All-gather of K and V over the context-parallel ranks. */
    private double gatherKeys(double tokens, int tp, int cp) {
        double bytes = 4 * tokens * cp * kvHeads(tp) * model.headDim();
        double inner = Math.max(1, (double) fabric.linkDomainGpus() / tp);
        double perPod = (double) fabric.podGpus() / tp;
        double slowdown =
                cp > perPod ? Collectives.ringSlowdown(perPod, fabric.oversubscription()) : 1;
        return Collectives.hierarchicalAllGather(bytes, cp, inner, rates, slowdown);
    }

    /** Two all-to-alls; the links and the network carry their parts at the same time. */
    private double dispatch(double tokens, int tp, int ep, int expertTp) {
        if (ep == 1) {
            return 0;
        }
        double bytes =
                2
                        * (tokens / tp)
                        * model.hidden()
                        * model.moe().topK()
                        * training.expertCapacity()
                        * training.expertImbalance();
        double inner = Math.max(1, Math.min(ep, (double) fabric.linkDomainGpus() / expertTp));
        double podRanks = (double) fabric.podGpus() / expertTp;
        double slowdown = Collectives.allToAllSlowdown(podRanks, ep, fabric.oversubscription());
        double links =
                Collectives.meshAllToAll(
                        bytes * inner / ep,
                        inner,
                        rates.linkBytesPerSecond(),
                        rates.linkLatencySeconds());
        double outside = 1 - inner / ep;
        double network =
                bytes * outside * slowdown / rates.networkBytesPerSecond()
                        + (ep - inner) / inner * rates.networkLatencySeconds();
        return 2 * Math.max(links, network);
    }
}
