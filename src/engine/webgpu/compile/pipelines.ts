/** Compute pipelines of a device, by shader key: compiled asynchronously, in parallel, once. */
import { tell } from '../../../experiment/messages/tell.ts';
import { ShaderError } from '../../faults.ts';
import type { Shader } from './shader.ts';

export class Pipelines {
  private readonly device: GPUDevice;
  private readonly layouts = new Map<number, GPUBindGroupLayout>();
  private readonly made = new Map<string, { readonly text: string; readonly pipeline: Promise<GPUComputePipeline> }>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** One uniform block and `count` read-write storage ranges. */
  layout(count: number): GPUBindGroupLayout {
    let layout = this.layouts.get(count);
    if (!layout) {
      const storage = Array.from(
        { length: count },
        (_, i): GPUBindGroupLayoutEntry => ({ binding: i + 1, visibility: 4, buffer: { type: 'storage' } }),
      );
      layout = this.device.createBindGroupLayout({ entries: [{ binding: 0, visibility: 4, buffer: { type: 'uniform' } }, ...storage] });
      this.layouts.set(count, layout);
    }
    return layout;
  }

  get(shader: Shader): Promise<GPUComputePipeline> {
    const known = this.made.get(shader.key);
    if (known) {
      if (known.text !== shader.text) throw new Error(`webgpu: two shaders have the key ${shader.key}`);
      return known.pipeline;
    }
    const pipeline = this.make(shader);
    this.made.set(shader.key, { text: shader.text, pipeline });
    // A failure is reported to whoever asked, and not kept.
    pipeline.catch(() => this.made.delete(shader.key));
    return pipeline;
  }

  /** All of them; `onCompile(done, total)` counts those that were not there yet. */
  async getAll(shaders: readonly Shader[], onCompile?: (done: number, total: number) => void): Promise<GPUComputePipeline[]> {
    const fresh = new Set(shaders.filter((shader) => !this.made.has(shader.key)).map((shader) => shader.key));
    let done = 0;
    const counted = new Set<string>();
    return Promise.all(
      shaders.map(async (shader) => {
        const pipeline = await this.get(shader);
        if (fresh.has(shader.key) && !counted.has(shader.key)) {
          counted.add(shader.key);
          onCompile?.(++done, fresh.size);
        }
        return pipeline;
      }),
    );
  }

  /** Compiles on the spot: for the few small shaders that cannot be waited for. */
  makeNow(shader: Shader): GPUComputePipeline {
    return this.device.createComputePipeline(this.descriptor(shader, this.moduleOf(shader)));
  }

  private moduleOf(shader: Shader): GPUShaderModule {
    return this.device.createShaderModule({ label: shader.key, code: shader.text });
  }

  private descriptor(shader: Shader, module: GPUShaderModule): GPUComputePipelineDescriptor {
    const layout = this.device.createPipelineLayout({ bindGroupLayouts: [this.layout(shader.bindings.length)] });
    return { label: shader.key, layout, compute: { module, entryPoint: 'main' } };
  }

  private async make(shader: Shader): Promise<GPUComputePipeline> {
    // The compiler's messages are read below; an error that nobody captures would count as a loss of the device.
    this.device.pushErrorScope('validation');
    const module = this.moduleOf(shader);
    this.device.popErrorScope().catch(() => undefined);
    try {
      return await this.device.createComputePipelineAsync(this.descriptor(shader, module));
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const lines = messages
        .filter(({ type }) => type === 'error')
        .map(({ lineNum, message }) => `line ${lineNum}: ${message} — ${shader.text.split('\n')[lineNum - 1] ?? ''}`);
      throw new ShaderError(tell('shader-refused', { shader: shader.key, text: lines.join('; ') || String(error) }), { cause: error });
    }
  }
}
