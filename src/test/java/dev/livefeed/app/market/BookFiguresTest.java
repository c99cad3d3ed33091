package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BookFiguresTest {

    @Test
    void figures() {
        BookFigures figures = BookFigures.of(book("100.0:1,99.5:2,99.0:50", "100.5:3,101.0:4,102.0:50"), 2);

        assertThat(figures.spread()).isEqualByComparingTo("0.5");
        assertThat(figures.mid()).isEqualByComparingTo("100.25");
        // (100 x 3 + 100.5 x 1) / 4: nearer to the bid, which has less quantity.
        assertThat(figures.microprice()).isEqualByComparingTo("100.125");
        // (3 - 7) / 10
        assertThat(figures.imbalance()).isEqualByComparingTo("-0.4");
    }

    @Test
    void imbalanceUsesAvailableLevels() {
        assertThat(BookFigures.of(book("100:1", "101:3"), 1_000).imbalance()).isEqualByComparingTo("-0.5");
    }

    @Test
    void figuresAreNullWithoutASide() {
        BookFigures figures = BookFigures.of(book("100:1", ""), 5);

        assertThat(figures).isEqualTo(new BookFigures(null, null, null, null, 5));
    }

    private static BookView book(String bids, String asks) {
        return new BookView(
                Ids.bare("BTCUSDT"),
                50,
                BookState.SYNCED,
                null,
                new BookView.LastUpdate(1, 1, 0),
                levels(bids),
                levels(asks));
    }

    private static Levels levels(String text) {
        Levels.Builder builder = new Levels.Builder();
        for (String level : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = level.split(":");
            builder.add(new BigDecimal(parts[0]), new BigDecimal(parts[1]));
        }
        return builder.build();
    }
}
