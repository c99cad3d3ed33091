package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopModelTest {

    private final Scene scene = Scene.live();
    private final TopModel model = scene.model;

    /** Neither this machine's clock nor a message that was long on its way makes data look young. */
    @Test
    void agesAreThoseOfTheProgramsClock() {
        assertThat(model.programTime()).isEqualTo(Scene.NOON);
        assertThat(model.age(Scene.NOON - 300)).isEqualTo(300);
        assertThat(model.age(0)).isNegative();

        scene.later(20_000).health(Scene.NOON + 2_000, "'replay':false", Scene.READY, "");
        assertThat(model.programTime()).as("18 s on its way").isEqualTo(Scene.NOON + 20_000);

        model.opened();
        assertThat(model.age(Scene.NOON)).as("of a new connection").isNegative();
        scene.health(Scene.NOON - 3_600_000, "'replay':false", Scene.READY, "");
        assertThat(model.programTime()).isEqualTo(Scene.NOON - 3_600_000);
    }

    @Test
    void namesOfOneInstrumentAreMerged() {
        assertThat(model.instruments())
                .extracting(one -> one.name().key())
                .containsExactly("venue:linear:BTCUSDT", "venue:linear:ETHUSDT");

        scene.apply("{'type':'trade','symbol':'BTCUSDT','price':1,'qty':1,'side':'buy','timestamp':1}");
        scene.apply("{'type':'trade','symbol':'BTCUSDT','category':'spot','price':1,'qty':1,'timestamp':1}");

        assertThat(model.instruments())
                .extracting(one -> one.name().key())
                .containsExactly("venue:linear:BTCUSDT", "venue:linear:ETHUSDT", "spot:BTCUSDT");
    }

    @Test
    void pricesAreTextAndALateTradeIsNoLastPrice() {
        scene.trade("ETHUSDT", "2750.00", "1");
        scene.apply("{'type':'trade','symbol':'ETHUSDT','category':'linear','price':1,'qty':1,'late':true}");

        WatchedInstrument eth = model.instruments().get(1);
        assertThat(eth.price()).isEqualTo("2750.00");
        assertThat(eth.trades(9)).extracting(TapeTrade::marks).containsExactly("late", "");
        scene.trade("ETHUSDT", "123456789012345678.100", "0.000000010");
        assertThat(eth.price()).isEqualTo("123456789012345678.100");
        assertThat(eth.trades(1).get(0).qty()).isEqualTo("0.000000010");
    }

    @Test
    void aMessageWithoutWhatItShouldHaveDoesNoHarm() {
        String before = scene.screen(80, 24);
        for (String message : new String[] {
            "{}",
            "[]",
            "7",
            "{'type':'price','symbol':'BTCUSDT','price':'x'}",
            "{'type':'context','symbol':'ETHUSDT','data':{'stats':{'open':'x'}}}",
            "{'type':'unknown','symbol':'A'}"
        }) {
            scene.apply(message).detail(message);
        }
        scene.detail("{'type':'candles','data':{'timeframe':'1m','candles':[{'start':'x'},{},{'start':1}]}}");

        assertThat(scene.screen(80, 24)).isEqualTo(before);
        scene.apply("{'type':'health','data':{}}").detail("{'type':'depth'}");
        assertThat(scene.screen(80, 24)).contains("DO NOT USE: update  is missing");
    }

    @Test
    void everythingHasALimit() {
        for (int i = 0; i < 30_000; i++) {
            scene.trade("S" + i, "1", "1");
            scene.trade("BTCUSDT", "1", "1");
        }

        assertThat(model.instruments()).hasSizeLessThanOrEqualTo(5_000);
        assertThat(model.instruments().get(0).trades(1_000)).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void aBookOfALostConnectionIsUnusable() {
        assertThat(model.detail().unusable()).isEmpty();

        model.lost(model.detail(), "the server has closed it", 500);
        assertThat(model.detail().unusable()).isEqualTo("the server has closed it");

        // Resumed: the next update continues the last one.
        model.opened(model.detail());
        scene.detail("{'type':'depth','snapshot':false,'prev_update_id':5,'last_update_id':6,'bids':[],'asks':[]}");
        assertThat(model.detail().unusable()).isEmpty();
        assertThat(model.detail().book().bids(1).get(0).priceText()).isEqualTo("83010.70");
    }
}
