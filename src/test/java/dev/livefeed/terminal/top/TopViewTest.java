package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.terminal.screen.Frame;
import dev.livefeed.terminal.screen.Tone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopViewTest {

    private final Scene scene = Scene.live();

    @Test
    void usualScreen() {
        assertThat(scene.screen(80, 24))
                .isEqualTo(
                        """
livefeed top 1.2.3  http://feed.example:8080                        12:00:00 UTC
venue connector  READY connected fresh  event 0.2 s ago  lag p50 1.3 p99 23 ms
  INSTRUMENT              PRICE     TODAY  TRADES/S    AGE STATE
▸ BTCUSDT linear       83010.79    +1.23%         -   0.3s ready
  ETHUSDT linear        2752.10         -         -     1m ready
── venue:linear:BTCUSDT 83010.79 +1.23% today ──────────────────────────────────
▁▁▁▂▂▂▃▃▄▄▄▅▅▆▆▆▇▇██ 20 min 82000.10 to 83010.79
                                       │ TRADES (UTC)
                                       │ 11:59:59 B   83010.79     0.009
                                       │ 11:59:59 B   83010.78     0.008
                                       │ 11:59:59 B   83010.77     0.007
                                       │ 11:59:59 B   83010.76     0.006
  83011.00     0.750 ████              │ 11:59:59 B   83010.75     0.005
  83010.80     3.000 ████████████████  │ 11:59:59 B   83010.74     0.004
spread 0.10                            │ 11:59:59 B   83010.73     0.003
  83010.70     1.500 ████████          │ 11:59:59 B   83010.72     0.002
  83010.60     0.002                   │ 11:59:59 S   83010.71     0.001
                                       │ 11:59:59 B   83010.70     0.000
                                       │
                                       │
                                       │
                                       │
                                       │
q quit  ? help  j k choose  / search  space pause
""");
    }

    @Test
    void narrowScreen() {
        assertThat(scene.screen(40, 24))
                .isEqualTo(
                        """
livefeed top 1.2.3          12:00:00 UTC
venue connector  READY connected fresh
  event 0.2 s ago  lag p50 1.3 p99 23 ms
  INSTRUMENT              PRICE    AGE
▸ BTCUSDT linear       83010.79   0.3s
  ETHUSDT linear        2752.10     1m
── venue:linear:BTCUSDT 83010.79 +1.23%…
▁▁▂▃▃▄▅▅▆▇█ 11 min 82450.10 to 83010.79


  83011.00     0.750 ████
  83010.80     3.000 ██████████████████
spread 0.10
  83010.70     1.500 █████████
  83010.60     0.002



TRADES (UTC)
11:59:59 B   83010.79     0.009
11:59:59 B   83010.78     0.008
11:59:59 B   83010.77     0.007
11:59:59 B   83010.76     0.006
q quit  ? help  j k choose  / search  …
""");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,2", "80,3", "20,5", "20,6", "20,24", "2,40", "40,8", "64,10", "80,15", "200,60", "500,200"})
    void everySizeHasItsRowsAndNothingBeyond(int columns, int rows) {
        scene.health(Scene.NOON, "'replay':true", Scene.DOWN, "漢字".repeat(300));
        scene.selection.move(scene.model.instruments(), 1);

        for (boolean help : new boolean[] {false, true}) {
            scene.selection.help(help);
            Frame frame = scene.frame(columns, rows);

            assertThat(frame.lines(true)).hasSize(rows).allMatch(line -> line.columnLength() <= columns);
            assertThat(frame.text(0)).startsWith("l".substring(0, Math.min(1, columns - 1)));
        }
        if (rows >= 8 && columns >= 40) {
            assertThat(scene.screen(columns, rows)).contains("REPLAYED DATA: not happening now");
        }
    }

    @Test
    void aLowScreenShowsTheStateOfTheFeedInPlaceOfTheKeys() {
        scene.health(Scene.NOON, "'replay':true", Scene.DOWN, "");

        assertThat(scene.screen(80, 3))
                .isEqualTo(
                        """
livefeed top 1.2.3  http://feed.example:8080                        12:00:00 UTC
 REPLAYED DATA: not happening now
venue connector  NOT CONNECTED  event 0.2 s ago  lag p50 1.3 p99 23 ms
""");
        assertThat(scene.screen(30, 7))
                .as("the row of the keys has nothing of what stands behind it")
                .endsWith("\nq quit  ? help  j k choose  …\n");
        assertThat(scene.screen(20, 4).lines().toList().get(3)).startsWith("  ");
        scene.selection.search();
        assertThat(scene.screen(80, 3)).endsWith("\nsearch: _\n");
    }

    /** A number that would need gigabytes is no price. */
    @Test
    void numbersThatCannotBePricesChangeNothing() {
        scene.trade("BTCUSDT", "1e900000000", "1e-900000000");
        scene.detail("{'type':'depth','snapshot':false,'prev_update_id':5,'last_update_id':6,'bids':[[1e900000000,1]],"
                + "'asks':[]}");

        assertThat(scene.screen(100, 24))
                .contains(
                        "BTCUSDT linear       83010.79", "1E+900000000", "DO NOT USE: a level has no price or no size");
        assertThat(scene.model.detail().incomplete()).isTrue();
    }

    @Test
    void dataThatIsNotRealIsMarkedAcrossTheScreen() {
        scene.health(Scene.NOON, "'replay':false", Scene.SYNTHETIC, "");

        Frame frame = scene.frame(80, 24);

        assertThat(frame.text(1)).isEqualTo(" SYNTHETIC DATA: not a real market");
        assertThat(IntStream.range(0, 80)).allMatch(column -> frame.tone(1, column) == Tone.NOT_REAL);
        // Before any health has come, the first message says so.
        Scene early = new Scene().apply("{'type':'status','status':'feed','state':'synthetic','synthetic':true}");
        assertThat(early.screen(80, 24))
                .contains("SYNTHETIC DATA", "waiting for the state of the feed", "no instrument yet");
    }

    @Test
    void whatAProgramThatIsGoneHasSentIsMarkedWithItsAge() {
        scene.later(1_000).model.lost("the server has closed it", 2_000);
        scene.model.lost(scene.model.detail(), "the server has closed it", 2_000);
        scene.later(500);

        assertThat(scene.screen(100, 24))
                .contains(
                        " NOT CURRENT: connection lost 0.5 s ago, next attempt in 1.5 s (the server has closed it)",
                        "last known: READY",
                        "event 1.7 s ago",
                        "NOT CURRENT: no connection to the program, 1.8 s old",
                        "DO NOT USE: the server has closed it")
                .doesNotContain("  READY");
        Frame frame = scene.frame(100, 24);
        for (int row = 0; row < 24; row++) {
            for (int column = 0; column < 100; column++) {
                assertThat(frame.tone(row, column)).isNotIn(Tone.GOOD, Tone.BUY);
            }
        }

        scene.later(3_000);
        assertThat(scene.screen(100, 24)).contains("connection lost 3.5 s ago, trying (");

        scene.model.opened();
        scene.health(Scene.NOON, "'replay':false", Scene.READY, "").trade("BTCUSDT", "83000.00", "1");
        assertThat(scene.screen(100, 24)).contains("READY connected fresh").doesNotContain("NOT CURRENT");
    }

    /** A program that hangs, or a connection that carries nothing. */
    @Test
    void silenceIsMarkedToo() {
        assertThat(scene.later(5_000).screen(80, 24)).doesNotContain("NOT CURRENT");

        assertThat(scene.later(1_000).screen(80, 24))
                .contains(
                        "NOT CURRENT: nothing heard for 6.0 s",
                        "last known: READY",
                        "DO NOT USE: nothing heard, 6.0 s old");
    }

    @Test
    void aFeedThatIsDownSaysWhy() {

        scene.apply("{'type':'health','timestamp':" + Scene.NOON + ",'data':{" + Scene.DOWN
                + ",'sources':[{'venue':'v',"
                + "'source':'s'," + Scene.DOWN + ",'retry':{'attempt':2,'of':5,'next_at':'2026-11-27T12:00:03.200Z'},"
                + "'last_event_at':'2026-11-27T11:59:50Z','today':{'gaps':1,'restarts':2}}],'instruments':[]}}");

        assertThat(scene.screen(80, 24))
                .contains(
                        "v s  NOT CONNECTED  retry 2 of 5 in 3.2 s  event 10 s ago",
                        "gaps today 1\n  restarts 2\n",
                        "! the connector has lost the exchange",
                        "the feed is down",
                        "DO NOT USE: the feed is down");
    }

    @Test
    void instrumentsSayWhyTheyAreNotReady() {
        scene.health(Scene.NOON, "'replay':false", Scene.READY, "book is stale: resync");

        assertThat(scene.screen(80, 24)).contains("1m book is stale: resync");
    }

    @Test
    void aBookWithoutUpdatesIsMarked() {
        scene.later(4_000).health(Scene.NOON + 4_000, "'replay':false", Scene.READY, "");
        assertThat(scene.screen(80, 24)).doesNotContain("DO NOT USE");

        scene.later(2_000).health(Scene.NOON + 6_000, "'replay':false", Scene.READY, "");
        assertThat(scene.screen(80, 24)).contains("DO NOT USE: no update for 6.0 s");

        scene.detail("{'type':'status','status':'stale','channel':'depth','reason':'resyncing'}");
        assertThat(scene.screen(80, 24)).contains("DO NOT USE: resyncing");
    }

    /** Whatever a program sends, the terminal gets characters and its own commands only. */
    @Test
    void namesAndReasonsCannotCommandTheTerminal() {
        String evil = "\\u001b]0;title\\u0007\\u001b[2J\\u009b5n\\r\\n\\u202e漢e\u0301";
        scene.apply("{'type':'trade','symbol':'" + evil + "','category':'" + evil
                + "','price':1.0,'qty':2.0,'side':'buy','timestamp':1}");
        scene.apply("{'type':'error','error':'" + evil + "','timestamp':1}");
        scene.model.lost(scene.model.detail(), "\u001b[31m" + "x".repeat(10_000), 1);
        scene.health(Scene.NOON, "'replay':false", Scene.READY, evil);
        scene.selection.move(scene.model.instruments(), 2);

        for (int columns : new int[] {40, 80, 200}) {
            Frame frame = scene.frame(columns, 30);
            assertThat(Scene.text(frame).replace("\n", "").codePoints())
                    .noneMatch(one -> Character.isISOControl(one) || Character.getType(one) == Character.FORMAT);
            assertThat(frame.lines(true)).allMatch(line -> line.columnLength() <= columns);
        }
        assertThat(scene.screen(200, 30)).contains("?]0;title??[2J?5n?");
    }

    @Test
    void aTerminalWithoutUtf8GetsAscii() {
        assertThat(Scene.text(scene.ascii(40, 24)).codePoints()).allMatch(one -> one < 127);
        assertThat(Scene.text(scene.ascii(40, 24))).contains("> BTCUSDT", "-- venue:linear:BTCUSDT", "####");
    }

    @Test
    void aLongPriceIsNeverShownWithoutItsLastDigits() {
        scene.trade("BTCUSDT", "123456789.123456789", "0.001");

        assertThat(scene.screen(80, 24)).contains(" 123456789.123456789 ", "S 123456789.123456789");
        assertThat(scene.screen(30, 24)).doesNotContain("123456789.12345678 ").contains("…");
    }

    @Test
    void theChosenInstrumentIsInSightAndFilteredOnesAreNot() {
        for (int i = 0; i < 100; i++) {
            scene.trade("S" + i, "1", "1");
        }
        scene.selection.move(scene.model.instruments(), 90);
        assertThat(scene.screen(80, 24)).contains("▸ S88 linear").doesNotContain("S1 linear");

        scene.selection.search();
        scene.selection.type('S');
        scene.selection.type('7');
        assertThat(scene.screen(80, 24))
                .contains("search: S7_", "▸ S7 linear", "S70 linear")
                .doesNotContain("S88 linear");
        scene.selection.accept();
        assertThat(scene.screen(80, 24)).contains("filter: S7 (Esc: all)");
        scene.selection.showAll();
        assertThat(scene.screen(80, 24)).contains("▸ S88 linear");
    }
}
