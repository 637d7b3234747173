/** Memory, worker team and kernels. Depends on the JDK alone. */
module dev.altiplano.compute {
    // Only the vector tier needs it; every other tier loads and works without.
    requires static jdk.incubator.vector;
    requires static org.jspecify;

    exports dev.altiplano.compute;
    exports dev.altiplano.compute.quant;
}
