package dev.livefeed.app.route.sample;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * A step of a trial's route. For a sample it does only what has no effect outside the trial: it evaluates expressions,
 * converts messages and decides where they go. Beans, processors and endpoints are not called. Behind a step that would
 * have changed the message in an unknown way the sample ends.
 */
final class SampledStep extends DelegateAsyncProcessor {

    private final CamelContext context;
    private final NamedNode step;
    private final SampleRun run;

    SampledStep(CamelContext context, NamedNode step, Processor target, SampleRun run) {
        super(target);
        this.context = context;
        this.step = step;
        this.run = run;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!run.sends(exchange)) {
            return super.process(exchange, callback);
        }
        if (Expressions.safe(step) && Effects.none(context, step)) {
            return super.process(exchange, sync -> {
                settle(exchange, null);
                callback.done(sync);
            });
        }
        try {
            if (!Expressions.safe(step) || !replaced(exchange)) {
                exchange.setRouteStop(true);
            }
        } catch (Exception | LinkageError e) {
            settle(exchange, e);
        }
        callback.done(true);
        return true;
    }

    /** Does the harmless part of the step; returns false if the message behind it is unknown. */
    private boolean replaced(Exchange exchange) throws Exception {
        if (step instanceof LogDefinition log) {
            if (log.getLogLanguage() == null && log.getMessage() != null) {
                Expressions.evaluate(context, log, log.getMessage(), exchange);
            }
            return true;
        }
        if (step instanceof BeanDefinition bean) {
            return Effects.keepsBody(context, bean, exchange);
        }
        if (step instanceof DelayDefinition
                || step instanceof ThrottleDefinition
                || step instanceof SamplingDefinition) {
            return true;
        }
        if (step instanceof SendDefinition<?> send) {
            return send.getEndpointUri() != null && run.follow(send.getEndpointUri(), exchange);
        }
        if (step instanceof WireTapDefinition<?> tap) {
            run.tap(tap.getUri(), exchange);
            return true;
        }
        if (step instanceof ExpressionNode node && node.getExpression() != null) {
            Expressions.evaluate(context, node, exchange);
        }
        return false;
    }

    /** Reports a failure, which ends the sample; inside a doTry the route handles it. */
    private void settle(Exchange exchange, Throwable thrown) {
        Throwable failure = thrown == null ? exchange.getException() : thrown;
        if (failure == null) {
            return;
        }
        boolean tried = false;
        for (NamedNode node = step.getParent(); node != null; node = node.getParent()) {
            tried |= node instanceof TryDefinition;
        }
        if (tried) {
            exchange.setException(failure);
            return;
        }
        exchange.setException(null);
        exchange.setRouteStop(true);
        boolean meant = failure instanceof ValidationException
                || step instanceof ThrowExceptionDefinition
                || step instanceof RollbackDefinition
                || step instanceof TryDefinition;
        if (!meant && step instanceof ProcessorDefinition<?> definition && !Effects.expected(definition, failure)) {
            run.failed(Expressions.culprit(getProcessor(), definition, exchange), definition, failure);
        }
    }
}
