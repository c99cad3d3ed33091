package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Compares with a search byte by byte. */
class LineEndsPropertyTest {

    @Property
    void findsTheNextLineEnd(@ForAll("texts") byte[] bytes, @ForAll @IntRange(max = 20) int from) {
        int start = Math.min(from, bytes.length);
        int expected = start;
        while (expected < bytes.length && bytes[expected] != '\n') {
            expected++;
        }

        assertThat(LineEnds.next(bytes, start, bytes.length)).isEqualTo(expected);
    }

    @Property
    void countsAllLineEnds(@ForAll("texts") byte[] bytes, @ForAll @IntRange(max = 20) int from) {
        int start = Math.min(from, bytes.length);
        int expected = 0;
        for (int i = start; i < bytes.length; i++) {
            expected += bytes[i] == '\n' ? 1 : 0;
        }

        assertThat(LineEnds.count(bytes, start, bytes.length)).isEqualTo(expected);
    }

    /** Includes values next to that of the line end and bytes above 127, which are edge cases of a search by words. */
    @Provide
    Arbitrary<byte[]> texts() {
        return Arbitraries.of(
                        (byte) '\n', (byte) 11, (byte) 9, (byte) 0x8A, (byte) 0x8B, (byte) 0, (byte) -1, (byte) 'a')
                .array(byte[].class)
                .ofMaxSize(60);
    }
}
