package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvFormatTest {

    private static final ObjectMapper JSON = ExactJson.mapper();

    private static String rows(CsvFormat format, String json) throws IOException {
        return format.rows(json, JSON.readTree(json));
    }

    @Test
    void aTableBeginsWithItsHeaderAndKeepsAllDigits() throws IOException {
        CsvFormat format = CsvFormat.of(Set.of("trade"));
        assertThat(rows(
                        format,
                        "{\"type\":\"trade\",\"timestamp\":1795564800000,\"symbol\":\"BTCUSDT\",\"category\":\"spot\","
                                + "\"venue\":\"bybit\",\"price\":0.1000,\"qty\":12345678901234567890.5,"
                                + "\"side\":\"buy\","
                                + "\"id\":\"7\"}"))
                .isEqualTo("timestamp,received_at,venue,category,symbol,side,price,qty,id,late,synthetic\n"
                        + "1795564800000,,bybit,spot,BTCUSDT,buy,0.1000,12345678901234567890.5,7,,\n");
        assertThat(rows(format, "{\"type\":\"trade\",\"symbol\":\"A,\\\"B\\\"\",\"late\":true}"))
                .isEqualTo(",,,,\"A,\"\"B\"\"\",,,,,true,\n");
    }

    @Test
    void aBookHasARowForEachLevel() throws IOException {
        CsvFormat format = CsvFormat.of(Set.of("depth"));
        assertThat(rows(
                        format,
                        "{\"type\":\"depth\",\"timestamp\":1,\"symbol\":\"X\",\"snapshot\":false,\"last_update_id\":5,"
                                + "\"bids\":[[2.5,1],[2,0]],\"asks\":[[3,4]]}"))
                .isEqualTo("timestamp,received_at,venue,category,symbol,snapshot,last_update_id,side,price,qty\n"
                        + "1,,,,X,false,5,bid,2.5,1\n1,,,,X,false,5,bid,2,0\n1,,,,X,false,5,ask,3,4\n");
    }

    @Test
    void severalTypesOrNestedOnesAreNoTable() {
        for (Set<String> types : java.util.List.of(Set.of("trade", "depth"), Set.of("health"))) {
            assertThatThrownBy(() -> CsvFormat.of(types))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("csv is a table of one type");
        }
    }
}
