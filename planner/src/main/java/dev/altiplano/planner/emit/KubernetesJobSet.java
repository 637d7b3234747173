package dev.altiplano.planner.emit;

import dev.altiplano.planner.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A JobSet of one pod a node, and the Kueue objects that place it by the network. */
final class KubernetesJobSet implements Emitter {
    /** Nodes of one cluster above which Kubernetes is outside its tested bounds. */
    private static final int NODES_TESTED = 5_000;

    private static final String TOPOLOGY =
            """
            apiVersion: kueue.x-k8s.io/v1beta2
            kind: Topology
            metadata:
              name: network
            spec:
              levels:
              - nodeLabel: topology/block
              - nodeLabel: topology/rack
              - nodeLabel: kubernetes.io/hostname
            ---
            apiVersion: kueue.x-k8s.io/v1beta2
            kind: ResourceFlavor
            metadata:
              name: gpu-nodes
            spec:
              topologyName: network
              nodeLabels:
                nvidia.com/gpu.present: "true"
              tolerations:
              - key: nvidia.com/gpu
                operator: Exists
                effect: NoSchedule
            ---
            """;

    @Override
    public List<Problem> limits(EmitInput input) {
        return List.of();
    }

    @Override
    public String body(EmitInput input) {
        long nodes = input.nodes() + input.cluster().spareNodes();
        String warning =
                nodes > NODES_TESTED
                        ? """
                        # WARNING: %d nodes; one Kubernetes cluster is tested up to %d. Use several.
                        """
                                .formatted(nodes, NODES_TESTED)
                        : "";
        return warning
                + spares(input)
                + TOPOLOGY
                + quota(input, nodes)
                + jobSet(input)
                + pod(input)
                + container(input);
    }

    private static String spares(EmitInput input) {
        int spares = input.cluster().spareNodes();
        return spares == 0
                ? ""
                : """
                # Spares: %d nodes are in the quota and stay free; a restart takes them.
                """
                        .formatted(spares);
    }

    private static String quota(EmitInput input, long nodes) {
        return """
        apiVersion: kueue.x-k8s.io/v1beta2
        kind: ClusterQueue
        metadata:
          name: "%1$s-cluster"
        spec:
          namespaceSelector: {}
          resourceGroups:
          - coveredResources: ["nvidia.com/gpu"]
            flavors:
            - name: gpu-nodes
              resources:
              - name: nvidia.com/gpu
                nominalQuota: %2$d
        ---
        apiVersion: kueue.x-k8s.io/v1beta2
        kind: LocalQueue
        metadata:
          name: "%1$s"
        spec:
          clusterQueue: "%1$s-cluster"
        ---
        """
                .formatted(input.cluster().queue(), nodes * input.cluster().gpusPerNode());
    }

    private static String jobSet(EmitInput input) {
        return """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: "%s"
          labels:
            kueue.x-k8s.io/queue-name: "%s"
        spec:
          network:
            enableDNSHostnames: true
          failurePolicy:
            maxRestarts: %d
            restartStrategy: Recreate
            rules:
            - name: hostMaintenance
              action: RestartJobSetAndIgnoreMaxRestarts
              onJobFailureReasons: ["PodFailurePolicy"]
          replicatedJobs:
          - name: workers
            replicas: 1
            template:
              spec:
                parallelism: %d
                completions: %d
                completionMode: Indexed
                backoffLimit: 0
                podFailurePolicy:
                  rules:
                  - action: FailJob
                    onPodConditions:
                    - type: DisruptionTarget
                      status: "True"
        """
                .formatted(
                        Quote.label(input.training().name()),
                        input.cluster().queue(),
                        input.cluster().restartsMax(),
                        input.nodes(),
                        input.nodes());
    }

    private static String pod(EmitInput input) {
        return """
                template:
                  metadata:
                    annotations:
        %s          spec:
                    restartPolicy: Never
        %s"""
                .formatted(placement(input), exclusion(input.cluster().excludedNodes()));
    }

    /** A block of TP x PP stays in one rack where it fits and divides the job. */
    private static String placement(EmitInput input) {
        long block = (long) input.layout().tp() * input.layout().cp() * input.layout().pp();
        long size = Math.ceilDiv(block, input.cluster().gpusPerNode());
        boolean fits = size <= input.cluster().rackNodes() && input.nodes() % size == 0;
        return fits
                ? """
                              kueue.x-k8s.io/podset-slice-required-topology: topology/rack
                              kueue.x-k8s.io/podset-slice-size: "%d"
                """
                        .formatted(size)
                : """
                              kueue.x-k8s.io/podset-preferred-topology: topology/block
                """;
    }

    private static String exclusion(List<String> nodes) {
        if (nodes.isEmpty()) {
            return "";
        }
        return """
                    affinity:
                      nodeAffinity:
                        requiredDuringSchedulingIgnoredDuringExecution:
                          nodeSelectorTerms:
                          - matchExpressions:
                            - key: kubernetes.io/hostname
                              operator: NotIn
                              values: [%s]
        """
                .formatted(nodes.stream().map(Quote::string).collect(Collectors.joining(", ")));
    }

    private static String container(EmitInput input) {
        EmitInput.Cluster cluster = input.cluster();
        String name = Quote.label(input.training().name());
        String program =
                cluster.program().stream().map(Quote::string).collect(Collectors.joining(", "));
        return """
                    containers:
                    - name: train
                      image: %s
                      env:
                      - name: MASTER_ADDR
                        value: "%s-workers-0-0.%s"
                      - name: JOB_COMPLETION_INDEX
                        valueFrom:
                          fieldRef:
                            fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']
                      command: ["torchrun", "--nnodes=%d", "--nproc_per_node=%d",
                        "--node_rank=$(JOB_COMPLETION_INDEX)", "--master_addr=$(MASTER_ADDR)",
                        "--master_port=29500", %s]
                      resources:
                        limits:
                          nvidia.com/gpu: %d
        """
                .formatted(
                        Quote.string(cluster.image()),
                        name,
                        name,
                        input.nodes(),
                        cluster.gpusPerNode(),
                        program,
                        cluster.gpusPerNode());
    }
}
