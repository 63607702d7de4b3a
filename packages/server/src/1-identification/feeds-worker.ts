import { parentPort, workerData } from 'node:worker_threads';
import { answerTo, type ReaderOrder } from './feeds-answer.ts';

// A thread of its own for one file: one order, one answer, the end. The order is what feeds-reader.ts gave it.
parentPort?.postMessage(answerTo(workerData as ReaderOrder));
