package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a route file that are checked before it is parsed. */
class RouteFileLimitsTest {

    private static RouteFault fault(String text) {
        return RouteFileLimits.fault("x.camel.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("dev.livefeed.app.route.RouteSchemaTest#files")
    void shippedFilesAreWithinTheLimits(Path file) throws Exception {
        assertThat(RouteFileLimits.fault("x", Files.readAllBytes(file))).isNull();
    }

    @Test
    void sizeLineDepthAndValues() {
        assertThat(fault("# x\n".repeat(100_000)).reason()).contains("larger than 256 KiB");
        assertThat(fault("# x\n# " + "x".repeat(17_000)).text()).startsWith("x.camel.yaml:2: the line is longer");
        assertThat(fault("- " + "[".repeat(5_000)).text()).startsWith("x.camel.yaml:1: the file nests deeper");
        assertThat(fault("- " + "{a: ".repeat(500)).reason()).contains("nests deeper");
        assertThat(fault("- [1,1,1,1,1,1,1,1]\n".repeat(12_000)).reason()).contains("more than 20000 values");
        assertThat(fault(" \n").reason()).contains("the file is empty");
        assertThat(fault("# " + "x".repeat(16_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "null\n", "~", "# x\n7", "---\n", "'quoted'", "- a: 1\n---\ntext"})
    void aSingleValueIsNoRoute(String text) {
        assertThat(fault(text).reason()).startsWith("the file holds no routes but a single value");
    }

    @Test
    void aByteOrderMarkIsNamed() {
        assertThat(fault("\uFEFF- a: 1\n").text())
                .isEqualTo(
                        "x.camel.yaml:1: the file begins with a byte order mark (BOM); save it as UTF-8 without one");
        assertThat(RouteFileLimits.fault("x", "- a: 1\n".getBytes(StandardCharsets.UTF_16))
                        .reason())
                .contains("byte order mark");
    }

    @Test
    void whatIsNoTextHasItsLine() {
        assertThat(RouteFileLimits.fault("x", "- a: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1))
                        .text())
                .isEqualTo("x:2: the line is not UTF-8; save the file as UTF-8");
        assertThat(RouteFileLimits.fault("x", "- a: 1\n".getBytes(StandardCharsets.UTF_16LE))
                        .text())
                .isEqualTo("x:1: the line has the control character U+0000; save the file as UTF-8 text");
        assertThat(fault("- a: 1\n\tb: \u001b[0m\n").text()).startsWith("x.camel.yaml:2: the line has the control");
        assertThat(fault("- a: '\u5E01\uD83D\uDE00'\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- route:\n    id: a\n    id: b\n",
                "- route:\n    steps: [{log: x}]\n    steps: []\n",
                "- {a: {b: 1},\n   c: 2, a: 3}\n",
                "- ? a\n  : 1\n  a: 2\n"
            })
    void aKeyThatIsThereTwiceIsAFault(String text) {
        assertThat(fault(text).reason()).contains("is there twice, and only one of both would count");
        assertThat(fault(text).line()).isGreaterThan(1);
    }

    @Test
    void theSameKeyInOtherMappingsIsNone() {
        assertThat(fault("- a: {a: a, b: a}\n  b: [a, a, {a: 1}, {a: 2}]\n- a: 1\n"))
                .isNull();
        assertThat(fault("- a: &x {b: 1}\n  c: *x\n  d: *x\n")).isNull();
    }

    @Test
    void aFaultIsOneLine() {
        RouteFault fault = new RouteFault("a\nb", 1, "c\u0085d", "route e\r\nf").ofRoute("g\u001b[0m");

        assertThat(fault.text()).isEqualTo("a?b:1: route g?[0m: route e??f, at c?d");
        assertThat(fault.body().reason()).doesNotContain("\n");
    }

    @Test
    void valuesRepeatedByAliasesAreCounted() {
        StringBuilder text = new StringBuilder("- a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(fault(text.toString()).reason()).contains("those that aliases repeat included");
        assertThat(fault("- a: &a [1, 2]\n  b: [*a, *a]\n")).isNull();
    }

    @Test
    void syntaxErrorHasItsLine() {
        assertThat(fault("- a: 1\n- b: [\n").line()).isEqualTo(3);
        assertThat(RouteFileLimits.fault("x", new byte[] {'a', (byte) 0xC3, 0x28}))
                .isNotNull();
    }
}
