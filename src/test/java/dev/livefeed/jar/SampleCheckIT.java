package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sample events through the routes: of {@code check}, and of an edit. */
@ExtendWith(JarExtension.class)
class SampleCheckIT {

    private static final String MISSPELT = "- filter:\n            simple: \"${body.prise} > 5\"\n"
            + "            steps:\n              - log: \"never\"";

    /** Sends a book, and after it a trade, when a file of that name appears. */
    private static final String ON_DEMAND =
            """
            status connected
            while [ ! -e book ]; do sleep 0.05; done
            printf '{"type":"depth","timestamp":%s000,"bids":[["99","5"]],"asks":[["101","2"]],\
            "last_update_id":1}\\n' \\
              "$(date +%s)"
            while [ ! -e trade ]; do sleep 0.05; done
            trade 1
            idle
            """;

    @Test
    void checkNamesTheStepThatThrowsTheStartOnlyWarnsAndAnEditIsRefused(Jar jar) throws Exception {
        jar.ownRoutes().script(ON_DEMAND);
        String trades = Files.readString(jar.route("trades"));
        int line = (int) trades.lines().count() + 1;
        Files.writeString(jar.route("trades"), RouteEdit.appended(trades, MISSPELT));

        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.text("err").lines())
                .singleElement()
                .asString()
                .startsWith("error: trades.camel.yaml:" + line + ": the step throws for a sample (trade): ")
                .contains("MethodNotFoundException: Method with name: prise not found");
        assertThat(jar.folder().resolve("state")).doesNotExist();

        jar.start();
        jar.awaitLog("route_sample_failed trades.camel.yaml:" + line);
        Files.writeString(jar.route("trades"), trades);
        jar.awaitLog("routes_reloaded .*trades.camel.yaml");

        Files.writeString(jar.route("trades"), RouteEdit.appended(trades, MISSPELT));
        jar.awaitLog("route_edit_refused trades.camel.yaml:\\d+: the step throws for a sample");
        String depth = Files.readString(jar.route("depth"));
        Files.writeString(jar.route("depth"), RouteEdit.appended(depth, "- log: \"depth edited\""));
        Files.writeString(jar.route("mine"), extra());
        jar.awaitLog("routes_reloaded .*depth.camel.yaml");
        jar.write("book", "");
        jar.awaitLog("depth edited");
        jar.awaitLog("mine runs");
        Files.delete(jar.route("mine"));
        jar.awaitLog("routes_reloaded .*removed=\\[mine\\]");
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(jar.health().at("/application/routes/faults/0/file").asText())
                .isEqualTo("trades.camel.yaml");

        Files.writeString(jar.route("trades"), RouteEdit.appended(trades, "- log: \"trades edited\""));
        jar.awaitLog("routes_reloaded .*trades.camel.yaml", 2);
        jar.write("trade", "");
        jar.awaitLog("trades edited");
    }

    private static String extra() {
        return """
                - route:
                    id: mine
                    from:
                      uri: timer:mine
                      parameters: {period: 100}
                      steps:
                        - log: "mine runs"
                """;
    }
}
