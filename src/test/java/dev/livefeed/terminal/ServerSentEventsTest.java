package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

    private static final int MOST = 1_000;

    private static ServerSentEvents reader(String text) {
        return new ServerSentEvents(new BufferedReader(new StringReader(text)), MOST, "before");
    }

    @Test
    void eventsHaveDataAndTheIdOfTheLastCompleteOne() throws IOException {
        ServerSentEvents events =
                reader(": hello\nretry: 1000\n\nid: 7\ndata: {\"a\":1}\n\nid: 8\r\ndata:two\ndata: lines\n\n"
                        + "id: 9\ndata: cut");
        assertThat(events.next()).isEqualTo("{\"a\":1}");
        assertThat(events.lastId()).isEqualTo("7");
        assertThat(events.next()).isEqualTo("two\nlines");
        assertThat(events.lastId()).isEqualTo("8");
        assertThat(events.next()).isNull();
        assertThat(events.lastId()).as("not that of an event that was cut off").isEqualTo("8");
        assertThat(events.lastComment()).isEqualTo("hello");
    }

    @Test
    void withoutAnIdTheOneBeforeStays() throws IOException {
        ServerSentEvents events = reader("data: x\n\n");
        assertThat(events.next()).isEqualTo("x");
        assertThat(events.lastId()).isEqualTo("before");
    }

    @Test
    void anEventIsNotCollectedWithoutALimit() {
        ServerSentEvents events = reader("data: 123456789\n".repeat(200));

        assertThatThrownBy(events::next).isInstanceOf(IOException.class).hasMessageContaining("more than 1000");
    }
}
