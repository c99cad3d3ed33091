package dev.livefeed.app.route.sample;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.ConvertHeaderDefinition;
import org.apache.camel.model.ConvertVariableDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RemovePropertiesDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetExchangePatternDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.TransformDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.dataformat.CustomDataFormat;

/** What steps do besides deciding about the message. */
final class Effects {

    private static final Set<Class<?>> NONE = Set.of(
            CatchDefinition.class,
            ChoiceDefinition.class,
            ConvertBodyDefinition.class,
            ConvertHeaderDefinition.class,
            ConvertVariableDefinition.class,
            FilterDefinition.class,
            FinallyDefinition.class,
            MarshalDefinition.class,
            MulticastDefinition.class,
            OtherwiseDefinition.class,
            PipelineDefinition.class,
            RemoveHeaderDefinition.class,
            RemoveHeadersDefinition.class,
            RemovePropertiesDefinition.class,
            RemovePropertyDefinition.class,
            RemoveVariableDefinition.class,
            RollbackDefinition.class,
            SetBodyDefinition.class,
            SetExchangePatternDefinition.class,
            SetHeaderDefinition.class,
            SetHeadersDefinition.class,
            SetPropertyDefinition.class,
            SetVariableDefinition.class,
            SetVariablesDefinition.class,
            SplitDefinition.class,
            StepDefinition.class,
            StopDefinition.class,
            ThrowExceptionDefinition.class,
            TransformDefinition.class,
            TryDefinition.class,
            UnmarshalDefinition.class,
            ValidateDefinition.class);

    /** Where the program's own data formats are; those of a user may do anything. */
    private static final String OWN_CLASSES = "dev.livefeed.";

    private static final List<Class<?>> ANY_FAILURE = List.of(Throwable.class, Exception.class, RuntimeException.class);

    private Effects() {}

    /** Whether the step reads and changes nothing but the message. */
    static boolean none(CamelContext context, NamedNode step) {
        if (step instanceof MarshalDefinition format) {
            return ours(context, format.getDataFormatType());
        }
        if (step instanceof UnmarshalDefinition format) {
            return ours(context, format.getDataFormatType());
        }
        if (step instanceof SplitDefinition split) {
            return split.getAggregationStrategy() == null && split.getParallelProcessing() == null;
        }
        if (step instanceof MulticastDefinition multicast) {
            return multicast.getAggregationStrategy() == null && multicast.getParallelProcessing() == null;
        }
        return NONE.contains(step.getClass());
    }

    private static boolean ours(CamelContext context, DataFormatDefinition format) {
        if (!(format instanceof CustomDataFormat custom)) {
            return true;
        }
        Object bean = custom.getRef() == null ? null : context.getRegistry().lookupByName(custom.getRef());
        return bean != null && bean.getClass().getName().startsWith(OWN_CLASSES);
    }

    /** Whether the method of the bean returns nothing, so that the message is the same behind it. It is not called. */
    static boolean keepsBody(CamelContext context, BeanDefinition step, Exchange exchange) {
        String text = step.getMethod();
        Class<?> type = type(context, step);
        if (text == null || type == null || Processor.class.isAssignableFrom(type)) {
            return false;
        }
        int arguments = text.indexOf('(');
        String name = (arguments < 0 ? text : text.substring(0, arguments)).strip();
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        if (!methods.isEmpty() && arguments > 0) {
            Expressions.evaluate(context, step, text.substring(arguments), exchange);
        }
        return !methods.isEmpty() && methods.stream().allMatch(method -> method.getReturnType() == void.class);
    }

    private static Class<?> type(CamelContext context, BeanDefinition step) {
        if (step.getBean() != null) {
            return step.getBean().getClass();
        }
        if (step.getBeanClass() != null) {
            return step.getBeanClass();
        }
        if (step.getBeanType() != null) {
            return context.getClassResolver().resolveClass(step.getBeanType());
        }
        Object bean = step.getRef() == null ? null : context.getRegistry().lookupByName(step.getRef());
        return bean == null ? null : bean.getClass();
    }

    /** Whether an onException of the route names the class of the failure, more exactly than as any exception. */
    static boolean expected(ProcessorDefinition<?> step, Throwable failure) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        if (route == null) {
            return false;
        }
        for (ProcessorDefinition<?> output : route.getOutputs()) {
            if (output instanceof OnExceptionDefinition handler) {
                for (String name : handler.getExceptions()) {
                    if (named(name, failure)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean named(String name, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
                if (type.getName().equals(name) && !ANY_FAILURE.contains(type)) {
                    return true;
                }
            }
        }
        return false;
    }
}
