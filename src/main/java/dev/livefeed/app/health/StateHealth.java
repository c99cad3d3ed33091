package dev.livefeed.app.health;

import dev.livefeed.app.market.ContextStore;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.state.Saving;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether persistent state can be saved: the market context and the journal of paper trading. */
public final class StateHealth {

    private final ContextStore contexts;
    private final PaperBroker broker;

    public StateHealth(ContextStore contexts, PaperBroker broker) {
        this.contexts = contexts;
        this.broker = broker;
    }

    /** Results of saving by name. */
    public Map<String, Saving.View> views() {
        Map<String, Saving.View> views = new LinkedHashMap<>();
        views.put("context", contexts.saving());
        views.put("paper", broker.saving());
        return views;
    }

    /** One line for each state that cannot be saved; empty if there is none. */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        Saving.View context = contexts.saving();
        if (context.failingSince() != null) {
            alarms.add("the market context is not saved since " + context.failingSince() + ": " + context.reason());
        }
        for (InstrumentId symbol : contexts.refused()) {
            alarms.add("the saved context of " + symbol
                    + " is damaged and cannot be moved away, so that it is not saved: delete it and start again");
        }
        Saving.View paper = broker.saving();
        if (paper.failingSince() != null) {
            alarms.add("paper trading is unavailable since " + paper.failingSince() + ": " + paper.reason());
        }
        return alarms;
    }
}
