package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The JSON form of journal entries: journals of earlier versions must remain readable. */
class JournalFormatTest {

    private static final String ORDER = "{'id':1,'strategy':'s','symbol':'BTCUSDT','side':'buy','type':'limit',"
            + "'qty':'2','price':'100','stopPrice':null,'filled':'1','value':'99','fees':'0.1','status':'open',"
            + "'reason':null,'createdMicros':5,'updatedMicros':6}";
    private static final String FILL = "{'orderId':1,'strategy':'s','symbol':'BTCUSDT','side':'buy','price':'99',"
            + "'qty':'1','fee':'0.1','maker':true,'atMicros':6}";

    @Test
    void acceptedOrder() throws Exception {
        JournalEntry.Accepted entry = (JournalEntry.Accepted) roundTrip("{'type':'accepted','order':" + ORDER + "}");

        assertThat(entry.order().request().type()).isEqualTo(OrderType.LIMIT);
        assertThat(entry.order().remaining()).isEqualTo(BigDecimal.ONE);
        assertThat(entry.order().updatedMicros()).isEqualTo(6);
    }

    @Test
    void fill() throws Exception {
        JournalEntry.Filled entry = (JournalEntry.Filled) roundTrip("{'type':'filled','fill':" + FILL + "}");

        assertThat(entry.fill().strategy()).isEqualTo("s");
        assertThat(entry.fill().cash()).isEqualTo("-99.1");
    }

    @Test
    void signal() throws Exception {
        String quoted = "{'type':'signalled','outcome':{'signal':{'strategy':'s','symbol':'BTCUSDT',"
                + "'timestampMicros':6,'signalType':'buy','confidence':'0.6','price':'100.50','quantity':'0.010',"
                + "'orderType':'market','metadata':{'reason':'test'}},'orderId':7,'refused':null,'atMicros':6}}";

        JournalEntry.Signalled entry = (JournalEntry.Signalled) roundTrip(quoted);

        assertThat(entry.outcome().signal().terms())
                .isEqualTo(new Signal.Terms(new BigDecimal("100.50"), new BigDecimal("0.010"), "market"));
        assertThat(new String(new JournalLine(1, 6, entry).bytes(), StandardCharsets.UTF_8))
                .as("fields in the order of earlier versions")
                .contains(quoted.replace('\'', '"'));
    }

    @Test
    void wholeState() throws Exception {
        JournalEntry.State entry = (JournalEntry.State) roundTrip("{'type':'state','format':1,'source':'live-linear',"
                + "'capital':'1000','cash':'900.9','lastOrderId':7,'day':'2026-01-02','dayEquity':'1000',"
                + "'halted':'too much','paused':null,'positions':[{'strategy':'s','symbol':'BTCUSDT','qty':'1',"
                + "'cost':'99','realised':'0','fees':'0.1','openedMicros':6}],'open':[" + ORDER + "],'ended':[],"
                + "'fills':[" + FILL + "],'signals':[],'equity':[],'marks':{'BTCUSDT':'99'}}");

        assertThat(entry.source()).isEqualTo("live-linear");
        assertThat(entry.cash()).isEqualTo("900.9");
        assertThat(entry.lastOrderId()).isEqualTo(7);
        assertThat(entry.halted()).isEqualTo("too much");
        assertThat(entry.open()).hasSize(1);
        assertThat(entry.fills()).hasSize(1);
        assertThat(entry.marks()).containsEntry(Ids.bare("BTCUSDT"), new BigDecimal("99"));
    }

    @Test
    void aSymbolOfAnEarlierVersionIsOfTheDefaultCategory() throws Exception {
        Instruments instruments = new Instruments("v", "linear", List.of(InstrumentId.of("v", "spot", "BTCUSDT")));

        JournalEntry.Filled old =
                (JournalEntry.Filled) JournalLine.read(line("{'type':'filled','fill':" + FILL + "}"), instruments)
                        .entry();

        assertThat(old.fill().instrument()).hasToString("v:linear:BTCUSDT");
        byte[] written = new JournalLine(1, 6, old).bytes();
        assertThat(JournalLine.read(Arrays.copyOf(written, written.length - 1), instruments)
                        .entry())
                .isEqualTo(old);
    }

    /** Reads the entry from a journal line and checks that writing it gives the same fields. */
    private static JournalEntry roundTrip(String quoted) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JournalEntry read = JournalLine.read(line(quoted), Instruments.NONE).entry();

        JsonNode written = json.readTree(new JournalLine(1, 6, read).bytes()).get("entry");
        assertThat(withoutNulls(written)).isEqualTo(withoutNulls(json.readTree(quoted.replace('\'', '"'))));
        return read;
    }

    private static byte[] line(String quoted) {
        String body = "{\"n\":1,\"at\":6,\"entry\":" + quoted.replace('\'', '"');
        CRC32C sum = new CRC32C();
        sum.update(body.getBytes(StandardCharsets.UTF_8));
        return (body + String.format(",\"crc\":\"%08x\"}", sum.getValue())).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode withoutNulls(JsonNode tree) {
        for (JsonNode parent : tree.findParents("reason")) {
            parent.properties().removeIf(field -> field.getValue().isNull());
        }
        tree.properties().removeIf(field -> field.getValue().isNull());
        return tree;
    }
}
