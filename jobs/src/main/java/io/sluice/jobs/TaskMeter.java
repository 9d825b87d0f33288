package io.sluice.jobs;

import io.sluice.lake.RunLog;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Listens to Spark's tasks and sums what they cost and how far they are. */
final class TaskMeter extends SparkListener {
    private final AtomicLong executorMs = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicInteger tasksEnded = new AtomicInteger();
    private final AtomicInteger tasksFailed = new AtomicInteger();
    private final AtomicInteger jobsStarted = new AtomicInteger();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        jobsStarted.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.reason() instanceof org.apache.spark.Success$) {
            tasksEnded.incrementAndGet();
        } else {
            tasksFailed.incrementAndGet();
        }
        var metrics = task.taskMetrics();
        if (metrics != null) { // a task that was lost with its executor has none
            executorMs.addAndGet(metrics.executorRunTime());
            bytesRead.addAndGet(metrics.inputMetrics().bytesRead());
            bytesWritten.addAndGet(metrics.outputMetrics().bytesWritten());
        }
    }

    RunLog.Cost cost() {
        return new RunLog.Cost(executorMs.get(), bytesRead.get(), bytesWritten.get());
    }

    /** One line that says how far it is, e.g. {@code 12 Spark jobs, 340 tasks done, 0 failed}. */
    String progress() {
        return jobsStarted.get() + " Spark jobs, " + tasksEnded.get() + " tasks done, " + tasksFailed.get() + " failed";
    }
}
