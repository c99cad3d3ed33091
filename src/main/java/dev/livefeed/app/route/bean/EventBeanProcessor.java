package dev.livefeed.app.route.bean;

import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.BeanProcessor;

/** A {@code bean} step whose method takes an event. Camel calls it with a body that is of another type. */
final class EventBeanProcessor extends BeanProcessor {

    private final Class<?> type;
    private final Consumer<Object> call;

    /**
     * @param step the same step, made by Camel
     * @param type of the event that the method takes
     * @param call calls the method
     */
    EventBeanProcessor(BeanProcessor step, Class<?> type, Consumer<Object> call) {
        super(step.getBeanHolder());
        setMethod(step.getMethod());
        setScope(step.getScope());
        setShorthandMethod(step.isShorthandMethod());
        this.type = type;
        this.call = call;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (type.isInstance(body)) {
            call.accept(body);
        } else {
            super.process(exchange);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Object body = exchange.getMessage().getBody();
        if (!type.isInstance(body)) {
            return super.process(exchange, callback);
        }
        try {
            call.accept(body);
        } catch (Throwable e) { // as Camel does, whatever the method throws
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }
}
