package dev.livefeed.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbols of any script are valid; texts that look like others, or like nothing, are not. */
class SymbolsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTCUSDT",
                "1000PEPEUSDT",
                "BTC-27NOV26-70000-C",
                "a.b_c-d",
                "\u5E01\u5B89\u4EBA\u751FUSDT",
                "\u0411\u0422\u041A\u0420\u0423\u0411",
                "\u0939\u093F\u0928\u094D\u0926\u0940",
                "\u0628\u062A\u0643",
                "\u30D3\u30C3\u30C8\u30B3\u30A4\u30F3\u30FC",
                "\uD840\uDC00USDT",
                "\u00C9USDT",
            })
    void symbolsOfAnyScriptAreValid(String symbol) {
        assertThat(Symbols.valid(symbol)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".BTC",
                "-BTC",
                "a b",
                "a/b",
                "a%b",
                "BTC\n",
                "BTC\u0000",
                "\u202EBTC",
                "BTC\u202E",
                "BTC\u200B",
                "BTC\u200D",
                "BTC\u2066",
                "BTC\uFE0F",
                "\u3164",
                "BTC\uFFFD",
                "E\u0301USDT",
                "\u0301BTC",
                "BTC\uD83C",
                "\uDF51BTC",
                "BTC\u00A0",
                "BTC\u3000",
                "BTC\u0085",
                "BTC\uE000",
            })
    void whatCannotBeReadIsNotValid(String text) {
        assertThat(Symbols.valid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 39, 40, 41, 100})
    void theLengthIsThatOfCharacters(int length) {
        assertThat(Symbols.valid("A".repeat(length))).isEqualTo(length <= 40);
        assertThat(Symbols.valid("\u5E01".repeat(length))).isEqualTo(length <= 40);
        assertThat(Symbols.valid("\uD840\uDC00".repeat(length))).isEqualTo(length <= 40);
    }

    @Property
    void aValidSymbolHasNoCharacterThatHidesOrMoves(@ForAll String text) {
        if (Symbols.valid(text)) {
            assertThat(text)
                    .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC))
                    .isNotBlank();
            assertThat(text.codePoints())
                    .noneMatch(c -> Character.isISOControl(c)
                            || Character.isWhitespace(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E\u0301USDT", "\u00E9usdt"})
    void whatIsWrittenByHandIsNormalized(String text) {
        assertThat(InstrumentId.read("spot:" + text).orElseThrow().symbol()).isEqualTo("\u00C9USDT");
    }
}
