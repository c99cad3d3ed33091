package dev.livefeed.connector.feed.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.InstrumentId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamTableTest {

    private final StreamTable<Named> table = new StreamTable<>();

    private static final class Named extends MarketStream {

        Named(String text) {
            super(text, InstrumentId.of("venue", "spot", "S" + text), "trades");
        }

        @Override
        public long subscribedAt() {
            return 0;
        }
    }

    private Named find(String name) {
        String padded = "<<" + name + ">>";
        byte[] bytes = padded.getBytes(StandardCharsets.US_ASCII);
        Named byBytes = table.find(bytes, 2, name.length());
        assertThat(table.find(padded.toCharArray(), 2, name.length())).isSameAs(byBytes);
        assertThat(table.get(name)).isSameAs(byBytes);
        return byBytes;
    }

    @Test
    void eachStreamIsFoundByItsNameWhileItIsInTheTable() {
        Map<String, Named> expected = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            String name = "stream." + random.nextInt(400);
            if (random.nextInt(3) == 0) {
                Named gone = expected.remove(name);
                if (gone != null) {
                    table.remove(gone);
                }
            } else {
                Named added = new Named(name);
                table.add(added);
                expected.put(name, added);
            }
            String asked = "stream." + random.nextInt(400);
            assertThat(find(asked)).isSameAs(expected.get(asked));
        }
        assertThat(table.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void aStreamThatHasBeenReplacedIsNotRemovedWithTheOldOne() {
        Named old = new Named("a");
        Named replacement = new Named("a");
        table.add(old);
        table.add(replacement);

        table.remove(old);

        assertThat(find("a")).isSameAs(replacement);
        assertThat(table.holds("Sa")).isTrue();
        assertThat(table.argsLength()).isEqualTo(4);
        assertThat(find("")).isNull();
        assertThat(find("b")).isNull();
    }
}
