package dev.livefeed.protocol.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.status.Status.Head;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each status is a record of its own, and no line loses anything by being read and written again. */
class StatusTest {

    private static final String HEAD = "{'type':'status','status':'";
    private static final String COMMON = "','connector':'x','symbol':'A','channel':'c','id':'1','reason':'why'";

    private static Status read(String line) throws Exception {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return (Status) new EventReader(List.of("A"), false, () -> 1_700_000_000_000_000L).read(bytes);
    }

    private static String written(Status status) {
        return EventWriter.text(status).replace('"', '\'');
    }

    static List<Class<?>> known() {
        return records(Status.class).filter(type -> type != UnknownStatus.class).toList();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isInterface()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StatusTest::records)
                : Stream.of(type);
    }

    /** A line with each field of the type. */
    private static String line(Class<?> type) throws ReflectiveOperationException {
        StringBuilder line = new StringBuilder(HEAD)
                .append(type.getField("STATUS").get(null))
                .append(COMMON);
        fields(type, line);
        return line.append('}').toString();
    }

    private static void fields(Class<?> type, StringBuilder line) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> form = component.getType();
            if (form == Head.class || form == Status.Extras.class) {
                continue;
            }
            if (form.isRecord()) {
                fields(form, line);
            } else {
                String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
                String value = form == String.class
                        ? "'text'"
                        : form == Long.class
                                ? "17"
                                : form == Instant.class
                                        ? "'2026-06-03T12:00:00.123Z'"
                                        : form == List.class ? "['a','b']" : form == Double.class ? "0.25" : "true";
                line.append(",'").append(name).append("':").append(value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("known")
    void aLineIsReadIntoTheTypedFieldsAndWrittenAsItWas(Class<?> type) throws Exception {
        String line = line(type);
        Status status = read(line);

        assertThat(status).isInstanceOf(type);
        assertThat(written(status)).isEqualTo(line);
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            values.add(component.getAccessor().invoke(status));
        }
        assertThat(values).doesNotContainNull().doesNotContain(ConnectionInfo.NONE);
        assertThat(values).contains(Status.Extras.NONE);
    }

    @ParameterizedTest
    @MethodSource("known")
    void fieldsOfAnotherFormAndUnknownOnesAreKeptAsTheyAre(Class<?> type) throws Exception {
        String odd = line(type)
                .replace("}", ",'more':{'a':[1,2.50]}}")
                .replace("17", "1.75")
                .replace("'2026-06-03T12:00:00.123Z'", "'then'")
                .replace("'text'", "{'not':'a text'}")
                .replace("['a','b']", "'a'")
                .replace("true", "'yes'");

        assertThat(written(read(odd))).isEqualTo(odd.replace("2.50", "2.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'status','status':'connected','foo':1,'synthetic':false,'open':1,'url':'u'}",
                "{'type':'status','status':'gap','to':'2026-06-03T12:00:00.000Z','count':5000000000,"
                        + "'from':'x','category':7}",
                "{'type':'status','status':'degraded','code':10003}",
                "{'type':'status','status':'mood','b':1,'a':{'c':true}}",
                "{'type':'status','status':'heartbeat','z':1,'clock_offset_ms':'soon','a':2}"
            })
    void theOrderOfTheFieldsIsThatOfTheLine(String line) throws Exception {
        assertThat(written(read(line))).isEqualTo(line);
    }

    @Test
    void typedFieldsTakeWhatHasTheirForm() throws Exception {
        assertThat(read("{'status':'disconnected','open':1.0}"))
                .isInstanceOfSatisfying(ConnectionDown.class, down -> assertThat(down.feedLost())
                        .isFalse());
        assertThat(read("{'status':'gap','from':'2026-06-03T12:00:00.000Z','to':5}"))
                .isInstanceOfSatisfying(Gap.class, gap -> {
                    assertThat(gap.from()).isEqualTo("2026-06-03T12:00:00Z");
                    assertThat(gap.to()).isNull();
                });
        assertThat(read("{'status':'degraded','code':10003}"))
                .isInstanceOfSatisfying(
                        Degraded.class, degraded -> assertThat(degraded.code()).isEqualTo("10003"));
        assertThat(read("{'status':'heartbeat','clock_offset_ms':-2.5}"))
                .isInstanceOfSatisfying(Heartbeat.class, beat -> {
                    assertThat(beat.clock().clockOffsetMs()).isEqualTo(-2.5);
                    assertThat(beat.clock().clockUncertaintyMs()).isNull();
                });
    }

    @Test
    void theFiguresOfAHeartbeatThatTheProtocolNamesAreTyped() throws Exception {
        String line =
                "{'type':'status','status':'heartbeat','books':3,'own':'x','snapshots_waiting':1,'history_open':2,"
                        + "'replay':'playing','replay_lines':5000000000,'replay_share':0.5,"
                        + "'replay_position':'2026-06-03T12:00:00.123Z','unreadable_rows':9,'unreadable_rows_side':2}";
        Heartbeat beat = (Heartbeat) read(line);

        assertThat(beat.books()).isEqualTo(new Heartbeat.BookCounts(1L, 3L, null));
        assertThat(beat.history().working()).isTrue();
        assertThat(beat.replay().replayLines()).isEqualTo(5_000_000_000L);
        assertThat(beat.replay().replayShare()).isEqualTo(0.5);
        assertThat(beat.replay().replayPosition()).isEqualTo("2026-06-03T12:00:00.123Z");
        assertThat(beat.unreadable().of(Heartbeat.UnreadableReason.SIDE)).isEqualTo(2);
        assertThat(beat.unreadable().otherwise()).isEqualTo(7);
        assertThat(beat.extras().values()).containsKey("own");
        assertThat(beat.details().keySet())
                .as("the order of the line")
                .startsWith("books", "own", "snapshots_waiting")
                .endsWith("unreadable_rows", "unreadable_rows_side");
    }

    /** A connector of another kind may use the names for something else. */
    @Test
    void figuresOfAnotherFormAreShownAndNotUsed() throws Exception {
        Heartbeat beat = (Heartbeat)
                read("{'type':'status','status':'heartbeat','replay_lines':'many','books':true,'history_open':[1]}");

        assertThat(beat.replay().replayLines()).isNull();
        assertThat(beat.books().books()).isNull();
        assertThat(beat.history().working()).isFalse();
        assertThat(beat.details()).containsEntry("replay_lines", "many").containsEntry("books", true);
    }

    @Test
    void aStatusThatThisVersionDoesNotKnowIsPreserved() throws Exception {
        Status status = read("{'type':'status','status':'mood','connector':'x','how':'good'}");

        assertThat(status).isEqualTo(new UnknownStatus("mood", Head.of("x", null), Map.of("how", "good")));
        StatusVisitor.WithDefault<String> word = Status::status;
        assertThat(status.accept(word)).isEqualTo("mood");
    }
}
