/** Complaints about a plan, and what would be right. A growth is named as a link writes it: `A+B>M`. */
import { spoken } from '../messages/language.ts';

export const PLAN_COMPLAINTS = {
  // Of the plan as a whole: the end of the sentence "This plan …".
  thisPlan: (complaint: string) => `This plan ${complaint}`,
  noStage: 'a plan needs at least one stage, e.g. A:200,B:200,A+B>M:400',
  tooManyStages: (stages: number, most: number) => `a plan of ${stages} stages; at most ${most}`,
  noSharedVocabulary: (tasks: readonly string[], apart: string) =>
    `gives ${tasks.join(' and ')} to one plan, and ${apart} shares its vocabulary with no other task`,
  tooManyExamples: (task: string) => `asks for more examples than ${task} has`,

  // Of a stage.
  noStageText: (part: string) => `${part} is not a stage; right would be A:200 or A+B>M:400`,
  noName: (model: string) => `${model} is not a name of a model; a capital letter, then letters or digits, e.g. M or A2`,
  nameOfBaseline: (model: string) => `${model} is the name of the baseline; give the model another one`,
  noSteps: (model: string, steps: number, most: number) => `${model}:${steps} is not a number of steps (0 to ${most})`,

  // Of a growth.
  oneSource: (source: string, model: string) =>
    `${source}>${model} grows from one model; a fusion needs two or more, a self-fusion is ${source}+${source}>${model}`,
  trainedBefore: (growth: string, model: string) =>
    `${growth} would grow ${model}, which is trained before; give the larger network a name of its own`,
  namedTwice: (growth: string) => `${growth} names a network twice among others; fuse different ones, or copies of one`,
  notTrained: (growth: string, source: string) => `${growth} uses ${source}, which no earlier stage trains`,
  noSources: 'a growth needs sources',
  layersDiffer: (growth: string, first: string, layers: number, other: string, otherLayers: number) =>
    `${growth} can't be fused: layers is ${layers} in ${first} and ${otherLayers} in ${other}; it must be the same`,

  // Of what a stage has of its own.
  wholeNumber: (most: number) => `a whole number, 1 to ${most}`,
  stepSize: (least: number, most: number) => `a step size, ${least} to ${most}`,
  optionLater: (name: string) => `${name} of a single stage is not built yet`,
  noOption: (part: string, right: string) => `${part} is no option of a stage; right would be ${right}`,
  optionTwice: (name: string) => `${name} is given twice for one stage`,
  wrongOption: (option: string, right: string) => `${option} is not right for a stage (${right})`,
};
export const say = spoken('planComplaints', PLAN_COMPLAINTS);
