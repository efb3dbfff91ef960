import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One OpenSearch node of a test cluster. Arguments: folder, cluster, node, HTTP port, transport port, seeds, first manager. */
public class OsNode {
    public static void main(String[] a) throws Exception {
        String[] seeds = a[5].split(",");
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1); // take the port as given
        runner.onBuild((number, settings) -> {
            settings.put("node.name", a[2]);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", a[3]);
            settings.put("transport.port", a[4]);
            settings.put("discovery.type", "zen"); // else one node is a cluster of one for good
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", a[6]);
            settings.putList("node.roles", "cluster_manager", "data", "ingest");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("cluster.fault_detection.leader_check.interval", "500ms");
            settings.put("cluster.fault_detection.follower_check.interval", "500ms");
            settings.put("action.auto_create_index", "false");
            settings.put("index.store.type", "niofs");
        });
        runner.build("-basePath", a[0], "-clusterName", a[1], "-numOfNode", "1");
        Files.writeString(Path.of(a[0], "ready"), a[3]);
        while (System.in.read() >= 0) {
            // Whoever started us holds the other end: when it is gone, however it went, so are we.
        }
        Runtime.getRuntime().halt(0);
    }
}
