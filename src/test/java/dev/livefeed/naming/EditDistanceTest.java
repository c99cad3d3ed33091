package dev.livefeed.naming;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class EditDistanceTest {

    private static final int NO_LIMIT = 1_000;

    /** Words of three letters are close to each other, and have many swaps. */
    @Property(tries = 2_000)
    void aLimitChangesNoDistanceWithinIt(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 9) String a,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 9) String b,
            @ForAll @IntRange(max = 4) int limit) {
        int distance = EditDistance.between(a, b, NO_LIMIT);

        int limited = EditDistance.between(a, b, limit);

        if (distance <= limit) {
            assertThat(limited).isEqualTo(distance);
        } else {
            assertThat(limited).isGreaterThan(limit);
        }
    }
}
