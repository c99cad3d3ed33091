package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DepthBookTest {

    private final DepthBook book = new DepthBook();

    @BeforeEach
    void snapshot() {
        assertThat(book.reason()).isEqualTo("no snapshot has come yet");
        apply("'snapshot':true,'last_update_id':5,'bids':[[100.10,1.500],[100.00,2]],'asks':[[100.30,0.10]]");
    }

    private boolean apply(String fields) {
        return book.apply(Scene.json("{'type':'depth'," + fields + "}"));
    }

    @Test
    void levelsAreSortedAndHaveTheTextOfTheFeed() {
        assertThat(book.bids(9))
                .extracting(DepthBook.Level::priceText, DepthBook.Level::qtyText)
                .containsExactly(tuple("100.10", "1.500"), tuple("100.00", "2"));
        assertThat(book.bids(1)).hasSize(1);
        assertThat(book.spread()).isEqualTo("0.20");
        assertThat(book.reason()).isEmpty();
    }

    @Test
    void updatesChangeAndDeleteLevelsWhateverTheirScale() {
        assertThat(apply("'snapshot':false,'prev_update_id':5,'last_update_id':6,"
                        + "'bids':[[100.1,0.000],[99.90,4.0]],'asks':[[100.20,1]]"))
                .isTrue();

        assertThat(book.bids(9)).extracting(DepthBook.Level::priceText).containsExactly("100.00", "99.90");
        assertThat(book.asks(9)).extracting(DepthBook.Level::priceText).containsExactly("100.20", "100.30");
    }

    @Test
    void aMissingUpdateMakesItUnusableUntilTheNextSnapshot() {
        assertThat(apply("'snapshot':false,'prev_update_id':7,'last_update_id':8,'bids':[],'asks':[]"))
                .isFalse();
        assertThat(book.reason()).isEqualTo("update 7 is missing");
        assertThat(apply("'snapshot':false,'prev_update_id':8,'last_update_id':9,'bids':[],'asks':[]"))
                .as("it is requested once")
                .isTrue();

        again();
        assertThat(book.reason()).isEmpty();
    }

    private void again() {
        apply("'snapshot':true,'last_update_id':10,'bids':[[100.10,1]],'asks':[[100.30,1]]");
    }

    @Test
    void aCrossedBookIsUnusable() {
        apply("'snapshot':false,'prev_update_id':5,'last_update_id':6,'bids':[[100.30,1]],'asks':[]");

        assertThat(book.reason()).isEqualTo("its best bid is not below its best ask");
    }

    @Test
    void itDoesNotGrowWithoutEnd() {
        StringBuilder levels = new StringBuilder();
        for (int i = 1; i <= 20_001; i++) {
            levels.append(i == 1 ? "" : ",").append("[0.").append(100_000 + i).append(",1]");
        }

        assertThat(apply("'snapshot':false,'prev_update_id':5,'last_update_id':6,'bids':[" + levels + "],'asks':[]"))
                .isFalse();
        assertThat(book.reason()).isEqualTo("it has more than 20000 levels");
        assertThat(book.bids(1)).isEmpty();
    }
}
