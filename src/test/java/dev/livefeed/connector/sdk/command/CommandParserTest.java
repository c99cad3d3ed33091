package dev.livefeed.connector.sdk.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands carry beyond the stream that they name. */
class CommandParserTest {

    private final CommandParser parser = new CommandParser();

    private Command subscribe(String fields) throws InvalidCommandException {
        byte[] line = ("{\"command\":\"subscribe\",\"channel\":\"trades\",\"symbol\":\"BTCUSDT\"" + fields + '}')
                .getBytes(StandardCharsets.UTF_8);
        return parser.parse(line, 0, line.length);
    }

    @Test
    void sinceIsANumberOrAnInstant() throws InvalidCommandException {
        assertThat(subscribe("").since()).isEqualTo(-1);
        assertThat(subscribe("").known()).isEmpty();
        assertThat(subscribe(",\"since\":1795564912905").since()).isEqualTo(1_795_564_912_905_000L);
        assertThat(subscribe(",\"since\":\"2026-11-25T00:01:52.905123Z\"").since())
                .isEqualTo(1_795_564_912_905_123L);
        assertThat(subscribe(",\"since\":1795564912905,\"known\":[\"a-1\",7]").known())
                .containsExactly("a-1", "7");
        assertThat(subscribe("").since()).as("no state of the previous line").isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "-1", "1e99", "[]", "12345678901234567890", "true"})
    void invalidSinceIsRejected(String since) {
        assertThatThrownBy(() -> subscribe(",\"since\":" + since))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining("since is not a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "[[]]", "[{}]", "[null]", "[true]", "7"})
    void invalidKnownIsRejected(String known) {
        assertThatThrownBy(() -> subscribe(",\"known\":" + known))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining("known is not");
    }

    private Command parse(String line) throws InvalidCommandException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "10,10",
        "10.0,10",
        "0.5,0.5",
        "\"100\",100",
        "\"max\",max",
        "1e3,1000",
        "2e-6,0.000002",
        "999999.999999,999999.999999"
    })
    void speedIsMaxOrAFactor(String speed, String expected) throws InvalidCommandException {
        Command command = parse("{\"command\":\"speed\",\"speed\":" + speed + '}');

        assertThat(command.speed()).hasToString(expected);
        assertThat(parse("{\"command\":\"pause\",\"speed\":2}").speed()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|speed is missing in the command speed",
                "{\"speed\":null}|speed is missing in the command speed",
                "{\"speed\":0}|speed is \"0\", must be max, or a number above 0",
                "{\"speed\":-1}|speed is \"-1\", must be max",
                "{\"speed\":1e9}|speed is \"1000000000\", must be max, or a number above 0 with at most six digits",
                "{\"speed\":1e-7}|speed is \"0.0000001\", must be max",
                "{\"speed\":1e999999999}|speed is \"1e999999999\", must be max",
                "{\"speed\":\"1e3\"}|speed is \"1e3\", must be max",
                "{\"speed\":\"NaN\"}|speed is \"NaN\", must be max",
                "{\"speed\":\"fast\"}|speed is \"fast\", must be max",
                "{\"speed\":[1]}|speed is not a text of at most 128 characters",
                "{\"speed\":true}|speed is not a text of at most 128 characters"
            })
    void speedOfNoNumber(String fields, String message) {
        String line = fields.replaceFirst("\\{", "{\"command\":\"speed\",\"id\":\"s-1\",")
                .replace(",}", "}");

        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        InvalidCommandException.class, e -> assertThat(e.id()).isEqualTo("s-1"))
                .hasMessageContaining(message);
    }

    private Command history(String fields) throws InvalidCommandException {
        byte[] line = ("{\"command\":\"history\",\"channel\":\"kline.1m\",\"symbol\":\"BTCUSDT\",\"id\":\"h\"" + fields
                        + '}')
                .getBytes(StandardCharsets.UTF_8);
        return parser.parse(line, 0, line.length);
    }

    @Test
    void historyNamesItsRange() throws InvalidCommandException {
        assertThat(history(",\"from\":1795564912000,\"to\":\"2026-11-25T01:01:52Z\"")
                        .range())
                .isEqualTo(new Command.Range(1_795_564_912_000L, 1_795_568_512_000L));
        assertThat(subscribe("").range()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|from is missing",
                ",\"from\":1|to is missing",
                ",\"from\":2,\"to\":2|from is not before to",
                ",\"from\":\"soon\",\"to\":2|from is not a time"
            })
    void historyOfNoRange(String fields, String message) {
        assertThatThrownBy(() -> history(fields == null ? "" : fields))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageContaining(message);
    }
}
