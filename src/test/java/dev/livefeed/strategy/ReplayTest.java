package dev.livefeed.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.strategy.paper.Entry;
import dev.livefeed.strategy.paper.Fill;
import dev.livefeed.strategy.paper.PaperSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day with the shipped strategies, played twice: the same journal, byte for byte. */
class ReplayTest {

    @TempDir
    Path temp;

    @Test
    void sameDaySameJournal() throws Exception {
        byte[] first = play("first");
        byte[] second = play("second");

        assertThat(second).isEqualTo(first);
    }

    private byte[] play(String name) throws Exception {
        Path folder = temp.resolve(name);
        try (StrategyRig rig = new StrategyRig(PaperSetup.settings(folder), true, "1m,5m", "1m")) {
            rig.shipped("strategy-sweep").shipped("strategy-vwap-reversion").shipped("strategy-opening-range");
            GeneratedDay.play(7, rig);
            Entry.State state = rig.broker.state();
            assertThat(rig.strategies.inboxes().outOfStep()).isZero();
            assertThat(rig.strategies.inboxes().states()).allSatisfy(inbox -> assertThat(inbox.failed())
                    .as("%s: %s", inbox.strategy(), inbox.lastFailure())
                    .isZero());
            assertThat(state.fills()).extracting(Fill::strategy).contains("sweep", "vwap-reversion", "opening-range");
        }
        return Files.readAllBytes(folder.resolve("journal-000001.jsonl"));
    }
}
