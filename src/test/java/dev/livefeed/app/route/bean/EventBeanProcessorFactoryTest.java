package dev.livefeed.app.route.bean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.BeanScope;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.component.bean.BeanProcessor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bean steps of routes that take an event are called without Camel's choice of a method; all others are Camel's. */
class EventBeanProcessorFactoryTest {

    private static final Event UNKNOWN = new Unknown("news", null);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Steps steps = new Steps();

    /** Methods that routes name. */
    public static final class Steps {

        private final List<String> calls = new ArrayList<>();

        public void unknown(Unknown event) {
            calls.add("unknown " + event.type());
        }

        public void fails(Event event) throws IOException {
            throw new IOException("the disk is full");
        }

        public void breaks(Event event) {
            throw new StackOverflowError();
        }

        public String answers(Unknown event) {
            return "answer to " + event.type();
        }

        public void either(Unknown event) {
            calls.add("either unknown");
        }

        public void either(Failure event) {
            calls.add("either failure");
        }

        public void text(String body) {
            calls.add("text " + body);
        }
    }

    /** A bean whose class cannot be seen from the program. */
    private static final class Hidden {

        private int calls;

        @SuppressWarnings("unused")
        public void unknown(Unknown event) {
            calls++;
        }
    }

    @BeforeEach
    void start() throws Exception {
        context.getCamelContextExtension()
                .addContextPlugin(
                        BeanProcessorFactory.class,
                        new EventBeanProcessorFactory(
                                PluginHelper.getBeanProcessorFactory(context.getCamelContextExtension())));
        context.getRegistry().bind("steps", steps);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Processor step(String bean, String method) throws Exception {
        return PluginHelper.getBeanProcessorFactory(context.getCamelContextExtension())
                .createBeanProcessor(context, null, null, null, bean, method, BeanScope.Singleton);
    }

    private Exchange through(Processor step, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        AtomicInteger done = new AtomicInteger();
        ((BeanProcessor) step).process(exchange, sync -> done.incrementAndGet());
        assertThat(done).as("the callback is called once").hasValue(1);
        return exchange;
    }

    private void called(Class<?> kind, String method, Object body, String call) throws Exception {
        Processor step = step("steps", method);
        steps.calls.clear();

        Exchange exchange = through(step, body);

        assertThat(step.getClass()).as(method).isEqualTo(kind);
        assertThat(exchange.getException()).isNull();
        assertThat(steps.calls).containsExactly(call);
    }

    @Test
    void callsAMethodThatTakesAnEventDirectly() throws Exception {
        called(EventBeanProcessor.class, "unknown", UNKNOWN, "unknown news");
        Exchange exchange = through(step("steps", "unknown"), UNKNOWN);
        assertThat(exchange.getMessage().getBody()).as("the body remains").isSameAs(UNKNOWN);
    }

    @Test
    void leavesAllOtherMethodsToCamel() throws Exception {
        called(BeanProcessor.class, "text", "hello", "text hello");
        called(BeanProcessor.class, "either", UNKNOWN, "either unknown");
        Processor answers = step("steps", "answers");
        assertThat(answers.getClass()).isEqualTo(BeanProcessor.class);
        assertThat(through(answers, UNKNOWN).getMessage().getBody()).isEqualTo("answer to news");
    }

    @Test
    void leavesABodyThatIsNoSuchEventToCamel() throws Exception {
        Exchange exchange = through(step("steps", "unknown"), "a text");

        assertThat(exchange.getException()).hasCauseInstanceOf(InvalidPayloadException.class);
        assertThat(steps.calls).isEmpty();
    }

    @Test
    void passesOnWhateverTheMethodThrows() throws Exception {
        assertThat(through(step("steps", "fails"), UNKNOWN).getException())
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full");
        assertThat(through(step("steps", "breaks"), UNKNOWN).getException())
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void callsABeanOfAHiddenClassAsCamelDoes() throws Exception {
        Hidden hidden = new Hidden();
        context.getRegistry().bind("hidden", hidden);

        assertThat(through(step("hidden", "unknown"), UNKNOWN).getException()).isNull();
        assertThat(hidden.calls).isEqualTo(1);
    }
}
