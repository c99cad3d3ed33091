package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.protocol.model.Ids;
import org.junit.jupiter.api.Test;

/** The JSON form of a saved context: state files of earlier versions must remain readable. */
class ContextFormatTest {

    static final String SAVED = ("{'symbol':'BTCUSDT','late':1,'tooLate':2,'today':{'day':'2026-01-02',"
                    + "'tickSize':'0.1','trades':2,'covered':3,'open':'100','high':'101','low':'100','last':'101',"
                    + "'lastMicros':1767312060000000,'newestMicros':1767312060000000,'rangeHigh':null,"
                    + "'rangeLow':null,'boughtBefore':'1','soldBefore':'2','boughtSince':'0','soldSince':'0',"
                    + "'volume':'3','value':'302','square':'30402','synthetic':false,'approximate':true,"
                    + "'tradedMinutes':[3],'filledMinutes':[],'candle':{'startMillis':1767312000000,'open':'100',"
                    + "'high':'102','low':'99','close':'101','volume':'4','value':null},'outsideVolume':'0',"
                    + "'outsideTrades':0,'bins':[{'price':'100.0','volume':'1','buy':'1','sell':'0'},"
                    + "{'price':'101.0','volume':'2','buy':'0','sell':'2'}]},'yesterday':null}")
            .replace('\'', '"');

    @Test
    void savedContextIsReadAndWrittenWithTheSameFields() throws Exception {
        ObjectMapper json = new ObjectMapper();
        SymbolContext context = new SymbolContext(Ids.bare("BTCUSDT"), ContextRules.DEFAULT);

        ContextState.read(json.readTree(SAVED)).restoreTo(context, ContextRules.DEFAULT);

        assertThat(context.view().volume()).isEqualByComparingTo("3");
        assertThat(context.view().cdPre()).isEqualByComparingTo("-1");
        assertThat(context.view().approximate()).isTrue();
        JsonNode written =
                json.readTree(ContextState.write(Ids.bare("BTCUSDT"), context).toString());
        assertThat(written).isEqualTo(json.readTree(SAVED));
    }

    @Test
    void theInstrumentIsWrittenAndOfAnEarlierVersionOnlyItsSymbol() throws Exception {
        ObjectMapper json = new ObjectMapper();
        SymbolContext context = new SymbolContext(Ids.spot("BTCUSDT"), ContextRules.DEFAULT);
        ContextState earlier = ContextState.read(json.readTree(SAVED));
        earlier.restoreTo(context, ContextRules.DEFAULT);

        ContextState written = ContextState.read(ContextState.write(Ids.spot("BTCUSDT"), context));

        assertThat(written.isOf(Ids.spot("BTCUSDT"))).isTrue();
        assertThat(written.isOf(Ids.linear("BTCUSDT"))).isFalse();
        assertThat(earlier.isOf(Ids.linear("BTCUSDT"))).isTrue();
        assertThat(earlier.isOf(Ids.linear("ETHUSDT"))).isFalse();
    }

    @Test
    void missingFigureIsRefused() throws Exception {
        JsonNode content = new ObjectMapper().readTree(SAVED.replace("\"trades\":2,", ""));

        assertThatThrownBy(() -> ContextState.read(content)).isInstanceOf(DamagedStateException.class);
    }
}
