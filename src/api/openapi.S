// The description of the interface, byte for byte.
    .section .rodata
    .global vigie_openapi_begin, vigie_openapi_end
vigie_openapi_begin:
    .incbin "openapi.json"
vigie_openapi_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
